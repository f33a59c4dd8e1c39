package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exponential moving average of the trained weights: {@code average = decay * average + (1 -
 * decay) * weight}. It starts as a copy of the weights.
 */
public final class WeightAverage implements AutoCloseable {
  private final Parameters parameters;
  private final TensorScope scope;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * Creates an average.
   *
   * @param parameters the weights
   * @param owner scope in which the averages live
   */
  public WeightAverage(Parameters parameters, TensorScope owner) {
    this.parameters = parameters;
    this.scope = owner.open();
    for (String name : parameters.trainedNames()) {
      averages.put(name, scope.manager().zeros(parameters.get(name).getShape()));
    }
    restart();
  }

  /** Makes the average a copy of the weights. */
  public void restart() {
    averages.forEach((name, average) -> Parameters.copy(parameters.get(name), average));
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
        () -> Kernels.shared().call(step.manager(), "average", values(), weights(), part, skipped));
  }

  private List<NDArray> values() {
    return new ArrayList<>(averages.values());
  }

  private List<NDArray> weights() {
    return averages.keySet().stream().map(parameters::get).toList();
  }

  /**
   * Exchanges weights and averages, bit for bit. Between two calls the network computes with the
   * averages.
   */
  public void exchange() {
    try (TensorScope step = scope.open()) {
      Autograd.pause(() -> Kernels.shared().call(step.manager(), "exchange", values(), weights()));
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
