package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, 2019) and clipping of the global
 * gradient norm, in a handful of fused native calls. Epsilon is added after bias correction.
 */
public final class AdamW implements AutoCloseable {

  /**
   * Settings of the optimiser.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param weightDecay decoupled weight decay
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {}

  private final Settings settings;
  private final TensorScope scope;
  private final List<Group> groups = new ArrayList<>();
  private final List<NDArray> gradients = new ArrayList<>();

  /** Weights that share a weight decay. */
  private record Group(
      double weightDecay,
      List<String> names,
      List<NDArray> weights,
      List<NDArray> gradients,
      List<NDArray> first,
      List<NDArray> second,
      List<NDArray> steps) {}

  /**
   * Creates an optimiser for all trained weights.
   *
   * @param parameters the weights
   * @param settings the settings
   * @param decays which names are decayed
   * @param owner scope in which the moments live
   */
  public AdamW(
      Parameters parameters, Settings settings, Predicate<String> decays, TensorScope owner) {
    this.settings = settings;
    this.scope = owner.open();
    allocateGradients(parameters);
    for (boolean decayed : new boolean[] {true, false}) {
      List<String> names =
          parameters.trainedNames().stream().filter(name -> decays.test(name) == decayed).toList();
      if (!names.isEmpty()) {
        groups.add(group(parameters, names, decayed ? settings.weightDecay() : 0));
      }
    }
  }

  /**
   * Lets an all-zero gradient flow to every weight: the engine allocates a gradient only when one
   * arrives.
   */
  private void allocateGradients(Parameters parameters) {
    List<NDArray> weights = parameters.trainedNames().stream().map(parameters::get).toList();
    try (TensorScope step = scope.open()) {
      Autograd.backward(
          Autograd.record(() -> Kernels.shared().call(step.manager(), "zero_sum", weights)));
    }
  }

  private Group group(Parameters parameters, List<String> names, double weightDecay) {
    Group group =
        new Group(
            weightDecay,
            names,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    NDManager manager = scope.manager();
    for (String name : names) {
      NDArray weight = parameters.get(name);
      NDArray gradient = weight.getGradient();
      // Gradients are accumulated in place for the life of the weight, so one handle is enough.
      gradient.attach(manager);
      group.weights().add(weight);
      group.gradients().add(gradient);
      group.first().add(manager.zeros(weight.getShape()));
      group.second().add(manager.zeros(weight.getShape()));
      group.steps().add(manager.zeros(new Shape()));
      gradients.add(gradient);
    }
    return group;
  }

  /**
   * Makes one step with the accumulated gradients and clears them.
   *
   * @param learningRate the rate of this step
   * @param clipNorm largest allowed global gradient norm; 0 or less means no clipping
   * @param step scope of the step
   * @return the global gradient norm before clipping, of shape ()
   */
  public NDArray step(double learningRate, double clipNorm, TensorScope step) {
    return Autograd.pause(() -> update(learningRate, clipNorm, step.manager()));
  }

  private NDArray update(double learningRate, double clipNorm, NDManager manager) {
    Kernels kernels = Kernels.shared();
    NDArray norm = kernels.call(manager, "grad_norm", gradients);
    if (clipNorm > 0) {
      kernels.call(manager, "clip", gradients, norm, manager.create((float) clipNorm));
    }
    for (Group group : groups) {
      kernels.call(manager, "add_ones", group.steps(), manager.ones(new Shape()));
      NDArray hyper = hyper(manager, learningRate, group.weightDecay());
      kernels.call(
          manager,
          "adamw",
          group.weights(),
          group.gradients(),
          group.first(),
          group.second(),
          group.steps(),
          hyper);
    }
    kernels.call(manager, "zero", gradients);
    return norm;
  }

  private NDArray hyper(NDManager manager, double learningRate, double weightDecay) {
    double[] values = {
      learningRate, settings.beta1(), settings.beta2(), weightDecay, settings.epsilon()
    };
    NDArray hyper = manager.create(values);
    // Read on the host by the kernel: on the CPU it costs no wait for the device.
    return hyper.getDevice().isGpu() ? hyper.toDevice(Device.cpu(), false) : hyper;
  }

  /** Clears the gradients without a step. */
  public void clear() {
    try (TensorScope step = scope.open()) {
      Autograd.pause(() -> Kernels.shared().call(step.manager(), "zero", gradients));
    }
  }

  /**
   * Returns moments and step counts by name.
   *
   * @return {@code exp_avg.<weight>}, {@code exp_avg_sq.<weight>} and {@code step.<weight>} in a
   *     fixed order
   */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (Group group : groups) {
      for (int i = 0; i < group.names().size(); i++) {
        state.put("exp_avg." + group.names().get(i), group.first().get(i));
        state.put("exp_avg_sq." + group.names().get(i), group.second().get(i));
        state.put("step." + group.names().get(i), group.steps().get(i));
      }
    }
    return state;
  }

  /**
   * Overwrites moments and step counts.
   *
   * @param state what {@link #state()} returned
   * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing is
   *     changed then
   */
  public void load(Map<String, NDArray> state) {
    Map<String, NDArray> own = state();
    Parameters.checkMatches(own, state);
    own.forEach((name, tensor) -> Parameters.copy(state.get(name), tensor));
  }

  @Override
  public void close() {
    scope.close();
  }
}
