package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;

/**
 * A running average of weights and buffers. It follows faster in the beginning: the decay after n
 * steps is at most {@code (1 + n) / (10 + n)}.
 */
final class WeightAverage {
  private final double decay;
  private final List<NDArray> averages;
  private final List<NDArray> weights;
  private final NDArray steps;

  WeightAverage(double decay, Parameters averages, Parameters weights, TensorScope scope) {
    this.decay = decay;
    this.averages = new ArrayList<>(averages.all().values());
    this.weights = new ArrayList<>(weights.all().values());
    this.steps = scope.manager().zeros(new ai.djl.ndarray.types.Shape(1));
  }

  /** Takes in the weights of one more step. */
  void follow(TensorScope step) {
    Autograd.pause(
        () -> {
          steps.addi(1);
          double n = steps.toFloatArray()[0];
          double share = 1 - Math.min(decay, (1 + n) / (10 + n));
          NDArray onScope = step.manager().create(share);
          NDArray onHost = onScope.toDevice(ai.djl.Device.cpu(), false);
          return Kernels.shared()
              .call(step.manager(), "average_weights", averages, weights, onHost);
        });
  }

  /** What a resumed training needs. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    state.put("average.steps", steps);
    return state;
  }
}
