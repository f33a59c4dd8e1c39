package org.anymod.networks.diffusion;

import java.util.List;
import java.util.Optional;

/**
 * Sizes of a denoising network.
 *
 * @param transformer the transformer in the middle (UViT); absent in a plain U-Net
 * @param patch side of the squares that become channels
 * @param channels width of the first level, a multiple of 32
 * @param mult width of each level as a multiple of {@code channels}
 * @param blocks residual blocks in each level on the way down
 * @param attention factors of halving, counted from the patched picture, at which there is
 *     attention
 */
record DecoderSettings(
    Optional<Middle> transformer,
    int patch,
    int channels,
    List<Integer> mult,
    int blocks,
    List<Integer> attention) {

  /**
   * The transformer in the middle.
   *
   * @param dim width
   * @param depth blocks
   * @param heads attention heads
   * @param halved whether the picture is halved once more before it
   * @param crossed whether blocks attend to the condition; otherwise it is added to their tokens
   * @param skips whether blocks of the first half feed those of the second
   * @param dropout share of the numbers that dropout zeroes
   */
  record Middle(
      int dim,
      int depth,
      int heads,
      boolean halved,
      boolean crossed,
      boolean skips,
      double dropout) {}

  /** Number that the side of a picture is a multiple of. */
  int multiple() {
    int halvings =
        mult.size() - 1 + (transformer.isPresent() && transformer.get().halved() ? 1 : 0);
    return patch << halvings;
  }
}
