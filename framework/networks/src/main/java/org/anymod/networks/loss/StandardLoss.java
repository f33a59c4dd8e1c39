package org.anymod.networks.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.anymod.spi.Loss;
import org.anymod.torch.Kernels;

/**
 * The losses that every recipe can name without a plugin:
 *
 * <ul>
 *   <li>{@code mse}, {@code l1} and {@code smooth_l1} (quadratic below a difference of 1, linear
 *       above; Girshick, 2015) of equal shapes;
 *   <li>{@code cross_entropy} of logits {@code (batch, classes, ...)} and class numbers {@code
 *       (batch, ...)};
 *   <li>{@code cosine} and {@code cosine_1d} of {@code (batch, channels, ...)}: 1 less the mean
 *       cosine of two vectors, which run over the places of a channel, or over the channels of a
 *       place;
 *   <li>{@code bce} of logits and numbers in [0, 1], binary cross-entropy;
 *   <li>{@code bce_published}, what published mask tokenizers were trained with: probabilities p
 *       and 1 - p taken as logits of a second softmax, hence between 0.3133 and 1.3133.
 * </ul>
 *
 * @param name the name recipes use, which is also the beginning of the kernel's
 */
public record StandardLoss(String name) implements Loss {
  private static final List<Loss> ALL =
      List.of(
          new StandardLoss("mse"),
          new StandardLoss("l1"),
          new StandardLoss("smooth_l1"),
          new StandardLoss("cross_entropy"),
          new StandardLoss("cosine"),
          new StandardLoss("cosine_1d"),
          new StandardLoss("bce"),
          new StandardLoss("bce_published"));

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
