package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * The any-to-any encoder-decoder (arXiv 2406.09406, section 2.2).
 *
 * @param dim width
 * @param encoderLayers encoder blocks
 * @param decoderLayers decoder blocks
 * @param heads attention heads
 * @param mlpRatio width of the feed-forward layer before gating, relative to {@code dim}
 * @param gated whether feed-forward layers are gated (SwiGLU)
 * @param qkNorm whether queries and keys are normalised
 * @param bias whether linear layers and norms have biases
 * @param tiedHeads whether the decoder's token table is its output head
 * @param init how first weights are drawn
 */
public record ModelRecipe(
    @Setting(value = "Width", defaultValue = "768", min = 8, max = 16384) int dim,
    @Setting(value = "Encoder blocks", defaultValue = "12", min = 1, max = 256) int encoderLayers,
    @Setting(value = "Decoder blocks", defaultValue = "12", min = 1, max = 256) int decoderLayers,
    @Setting(value = "Attention heads; dim is a multiple", defaultValue = "12", min = 1, max = 256)
        int heads,
    @Setting(
            value = "Width of the feed-forward layer before gating, relative to dim",
            defaultValue = "4.0",
            min = 0.1,
            max = 64)
        double mlpRatio,
    @Setting(
            value = "Gated feed-forward layers (SwiGLU) instead of plain ones (GELU)",
            defaultValue = "true")
        boolean gated,
    @Setting(
            value = "Layer norm on queries and keys; steadier at large sizes",
            defaultValue = "false")
        boolean qkNorm,
    @Setting(value = "Biases in linear layers and norms", defaultValue = "false") boolean bias,
    @Setting(
            value = "One tensor for the decoder's token table and its output head",
            defaultValue = "true")
        boolean tiedHeads,
    @Setting(
            value =
                "First weights: published as in the reference system, aligned lets the decoder look at its own place"
                    + " in the input from the first step on, which short trainings need",
            defaultValue = "published",
            allowed = {"published", "aligned"})
        String init) {

  /** Checks that the width fits heads and position tables. */
  public ModelRecipe {
    if (dim % heads != 0 || dim % 4 != 0) {
      throw new IllegalArgumentException(
          "dim is " + dim + ", must be a multiple of 4 and of heads = " + heads);
    }
  }
}
