package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.anymod.networks.loss.PerceptualLoss;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;

/**
 * What a reconstruction is punished for.
 *
 * @param loss a difference of numbers; empty where only features are compared
 * @param perceptual a difference of features, if it is wanted
 * @param weight weight of that
 */
record Reconstruction(Optional<Loss> loss, Optional<PerceptualLoss> perceptual, float weight)
    implements AutoCloseable {

  static Reconstruction open(
      TrainingSettings training, TokenizerContext context, TensorScope scope) {
    boolean alone = training.loss().equals(PerceptualLoss.NAME);
    return new Reconstruction(
        alone ? Optional.empty() : Optional.of(context.loss(training.loss())),
        training.perceptual().map(settings -> open(settings, scope.manager())),
        (float) training.perceptualWeight());
  }

  private static PerceptualLoss open(PerceptualLoss.Settings settings, NDManager manager) {
    try {
      return PerceptualLoss.open(settings, manager);
    } catch (IOException e) {
      throw new UncheckedIOException("tokenizer setting perceptual_model", e);
    }
  }

  /** The difference of numbers, of shape (). */
  NDArray plain(NDArray output, NDArray target, NDManager manager) {
    return loss.map(difference -> difference.evaluate(output, target))
        .orElseGet(() -> manager.create(0f));
  }

  /** A loss with that of the features added, of shape (). */
  NDArray withFeatures(NDArray sum, NDArray output, NDArray target) {
    return perceptual.isPresent()
        ? sum.add(Autograd.scaled(perceptual.get().evaluate(output, target), weight))
        : sum;
  }

  @Override
  public void close() {
    perceptual.ifPresent(PerceptualLoss::close);
  }
}
