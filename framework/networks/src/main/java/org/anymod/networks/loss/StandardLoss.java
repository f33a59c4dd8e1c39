package org.anymod.networks.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.anymod.spi.Loss;
import org.anymod.torch.Kernels;

/**
 * The losses that every recipe can name without a plugin: {@code mse}, {@code l1}, {@code
 * smooth_l1} (quadratic below a difference of 1, linear above; Girshick, 2015) and {@code
 * cross_entropy} of logits {@code (batch, classes, ...)} and class numbers {@code (batch, ...)}.
 *
 * @param name the name recipes use, which is also the beginning of the kernel's
 */
public record StandardLoss(String name) implements Loss {
  private static final List<Loss> ALL =
      List.of(
          new StandardLoss("mse"),
          new StandardLoss("l1"),
          new StandardLoss("smooth_l1"),
          new StandardLoss("cross_entropy"));

  /**
   * Returns all of them.
   *
   * @return the losses
   */
  public static List<Loss> all() {
    return ALL;
  }

  @Override
  public NDArray evaluate(NDArray prediction, NDArray target) {
    return Kernels.shared().call(prediction.getManager(), name + "_loss", prediction, target);
  }
}
