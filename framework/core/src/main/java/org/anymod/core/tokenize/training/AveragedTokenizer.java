package org.anymod.core.tokenize.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.WeightAverage;

/**
 * A tokenizer in training and the moving average of its weights, which is what is saved in the end.
 *
 * <p>Averaged is what asks for a gradient. Buffers are taken as they are: position tables do not
 * change, and a codebook is the average of latents already, as slow as its own {@code ema_decay};
 * averaged again it would trail behind the encoder that it belongs to. Codebooks that are trained
 * weights (memcodes) are averaged like all weights.
 */
final class AveragedTokenizer implements AutoCloseable {
  private final TrainableTokenizer tokenizer;
  private final double decay;
  private final TensorScope scope;
  private final WeightAverage average;

  /**
   * Starts an average.
   *
   * @throws IllegalArgumentException if nothing in the tokenizer asks for a gradient
   */
  AveragedTokenizer(TrainableTokenizer tokenizer, double decay) {
    this.tokenizer = tokenizer;
    this.decay = decay;
    Map<String, NDArray> weights = new LinkedHashMap<>(tokenizer.state());
    weights.values().removeIf(tensor -> !tensor.hasGradient());
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          "ema is " + decay + ", but this tokenizer has no trained weights; leave it out");
    }
    this.scope = TensorScope.on(weights.values().iterator().next().getDevice());
    this.average = new WeightAverage(weights, scope);
  }

  /**
   * Takes in the weights of one more step. Early on it follows faster: the decay after n steps is
   * at most {@code (1 + n) / (10 + n)}.
   */
  void follow(long done) {
    double early = (1.0 + done) / (10.0 + done);
    try (TensorScope step = scope.open()) {
      average.update(Math.min(decay, early), step.manager().zeros(new Shape()), step);
    }
  }

  /** Does some work while the tokenizer has the averaged weights. */
  <T> T during(Callable<T> work) throws Exception {
    try (TensorScope kept = scope.open()) {
      Map<String, NDArray> raw = new LinkedHashMap<>();
      tokenizer.state().forEach((name, tensor) -> raw.put(name, copy(tensor, kept)));
      Map<String, NDArray> averaged = new LinkedHashMap<>(raw);
      averaged.putAll(average.averages());
      tokenizer.load(averaged);
      try {
        return work.call();
      } finally {
        tokenizer.load(raw);
      }
    }
  }

  private static NDArray copy(NDArray tensor, TensorScope kept) {
    NDArray copy = kept.manager().zeros(tensor.getShape(), tensor.getDataType());
    Parameters.copy(tensor, copy);
    return copy;
  }

  /** The averages by the names of the weights. */
  Map<String, NDArray> state() {
    return average.averages();
  }

  void load(Map<String, NDArray> state) {
    average.load(state);
  }

  @Override
  public void close() {
    scope.close();
  }
}
