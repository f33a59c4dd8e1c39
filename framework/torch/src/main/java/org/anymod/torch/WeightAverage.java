package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exponential moving average of the trained weights: {@code average = decay * average + (1 -
 * decay) * weight}. It starts as a copy of the weights.
 */
public final class WeightAverage implements AutoCloseable {
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final TensorScope scope;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * Creates an average.
   *
   * @param parameters the weights
   * @param owner scope in which the averages live
   */
  public WeightAverage(Parameters parameters, TensorScope owner) {
    this(trained(parameters), owner);
  }

  /**
   * Creates an average of tensors that belong to anybody.
   *
   * @param weights float32 tensors by name, which stay with their owner
   * @param owner scope in which the averages live
   */
  public WeightAverage(Map<String, NDArray> weights, TensorScope owner) {
    this.weights.putAll(weights);
    this.scope = owner.open();
    weights.forEach((name, weight) -> averages.put(name, scope.manager().zeros(weight.getShape())));
    restart();
  }

  private static Map<String, NDArray> trained(Parameters parameters) {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    parameters.trainedNames().forEach(name -> trained.put(name, parameters.get(name)));
    return trained;
  }

  /**
   * Returns the averages.
   *
   * @return the average of each weight by its name, not modifiable; the tensors stay this object's
   */
  public Map<String, NDArray> averages() {
    return Collections.unmodifiableMap(averages);
  }

  /** Makes the average a copy of the weights. */
  public void restart() {
    averages.forEach((name, average) -> Parameters.copy(weights.get(name), average));
  }

  /**
   * Moves the average towards the weights.
   *
   * @param decay what is kept of the average, from 0 to 1
   * @param skipped 1 if the step was skipped and the average stays too, of shape ()
   * @param step scope of the step
   */
  public void update(double decay, NDArray skipped, TensorScope step) {
    NDArray part = HostNumbers.of(step.manager(), 1 - decay);
    Autograd.pause(
        () -> Kernels.shared().call(step.manager(), "average", values(), tensors(), part, skipped));
  }

  private List<NDArray> values() {
    return new ArrayList<>(averages.values());
  }

  private List<NDArray> tensors() {
    return new ArrayList<>(weights.values());
  }

  /**
   * Exchanges weights and averages, bit for bit. Between two calls the network computes with the
   * averages.
   */
  public void exchange() {
    try (TensorScope step = scope.open()) {
      Autograd.pause(() -> Kernels.shared().call(step.manager(), "exchange", values(), tensors()));
    }
  }

  /**
   * Overwrites the average.
   *
   * @param state a tensor of the same shape for each trained weight, by its name; other names are
   *     not looked at
   * @throws IllegalArgumentException if a name is missing or a shape differs; nothing is changed
   *     then
   */
  public void load(Map<String, NDArray> state) {
    Map<String, NDArray> known = new LinkedHashMap<>(state);
    known.keySet().retainAll(averages.keySet());
    Parameters.checkMatches(averages, known);
    averages.forEach((name, average) -> Parameters.copy(known.get(name), average));
  }

  @Override
  public void close() {
    scope.close();
  }
}
