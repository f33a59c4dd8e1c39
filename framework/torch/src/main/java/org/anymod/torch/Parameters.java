package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The named tensors of a network: trained weights, and buffers that are saved but not trained.
 * Names are those of the checkpoint; order is the order of addition.
 */
public final class Parameters {
  private final NDManager manager;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Set<String> trained = new LinkedHashSet<>();
  private final Set<String> frozen = new HashSet<>();

  /**
   * Creates an empty set.
   *
   * @param manager owner of the tensors
   */
  public Parameters(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Adds a weight that is trained.
   *
   * @param name name in the checkpoint, unique
   * @param shape shape
   * @param values initial values, as many as the shape holds
   * @return the tensor
   */
  public NDArray weight(String name, Shape shape, float[] values) {
    NDArray tensor = buffer(name, shape, values);
    tensor.setRequiresGradient(true);
    trained.add(name);
    return tensor;
  }

  /**
   * Adds a tensor that is saved but not trained.
   *
   * @param name name in the checkpoint, unique
   * @param shape shape
   * @param values initial values, as many as the shape holds
   * @return the tensor
   */
  public NDArray buffer(String name, Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for shape " + shape);
    }
    NDArray tensor = manager.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("two tensors are named " + name);
    }
    return tensor;
  }

  /**
   * Returns a tensor.
   *
   * @param name name in the checkpoint
   * @return the tensor
   * @throws IllegalArgumentException if there is none of this name
   */
  public NDArray get(String name) {
    NDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor is named " + name);
    }
    return tensor;
  }

  /**
   * Returns a tensor or a substitute.
   *
   * @param name name in the checkpoint
   * @param fallback what to return where there is none of this name
   * @return the tensor or the substitute
   */
  public NDArray getOr(String name, NDArray fallback) {
    return tensors.getOrDefault(name, fallback);
  }

  /**
   * Returns all tensors by name.
   *
   * @return names and tensors in order of addition, not modifiable
   */
  public Map<String, NDArray> all() {
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * Returns the names of the trained weights.
   *
   * @return names in order of addition
   */
  public List<String> trainedNames() {
    return trained.stream().filter(name -> !frozen.contains(name)).toList();
  }

  /**
   * Counts the numbers in trained weights.
   *
   * @return number of parameters
   */
  public long count() {
    return trainedNames().stream().mapToLong(name -> tensors.get(name).getShape().size()).sum();
  }

  /**
   * Chooses the weights that are trained from now on: those that are not frozen. Buffers stay as
   * they are. An optimiser knows only what was trained when it was made.
   *
   * @param names which weights are frozen, by name; all others are trained again
   */
  public void freeze(Predicate<String> names) {
    frozen.clear();
    for (String name : trained) {
      boolean still = names.test(name);
      if (still) {
        frozen.add(name);
      }
      tensors.get(name).setRequiresGradient(!still);
    }
  }

  /**
   * Removes a tensor and frees it.
   *
   * @param name name in the checkpoint
   * @throws IllegalArgumentException if there is none of this name
   */
  public void remove(String name) {
    get(name).close();
    tensors.remove(name);
    trained.remove(name);
    frozen.remove(name);
  }

  /**
   * Overwrites all tensors.
   *
   * @param state a tensor of the same shape for each name
   * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing is
   *     changed then
   */
  public void load(Map<String, NDArray> state) {
    checkMatches(tensors, state);
    tensors.forEach((name, tensor) -> copy(state.get(name), tensor));
  }

  /**
   * Compares names and shapes of two sets of tensors.
   *
   * @param expected names and shapes that are needed
   * @param found names and shapes that are there
   * @throws IllegalArgumentException listing every difference
   */
  public static void checkMatches(Map<String, NDArray> expected, Map<String, NDArray> found) {
    List<String> problems = new ArrayList<>();
    expected.forEach(
        (name, tensor) -> {
          NDArray other = found.get(name);
          if (other == null) {
            problems.add("missing " + name + " " + tensor.getShape());
          } else if (!other.getShape().equals(tensor.getShape())) {
            problems.add(
                name + " has shape " + other.getShape() + ", must have " + tensor.getShape());
          }
        });
    found.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> problems.add("unexpected " + name));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("tensors do not fit: " + String.join("; ", problems));
    }
  }

  /**
   * Copies the numbers of one tensor into another of the same shape, whatever their devices.
   *
   * @param from source
   * @param to target, overwritten
   */
  public static void copy(NDArray from, NDArray to) {
    try (NDManager scope = to.getManager().newSubManager()) {
      // In place, so that gradients and everything that holds the target stay attached to it.
      Autograd.pause(() -> Kernels.shared().call(scope, "assign", to, from));
    }
  }
}
