package org.anymod.core.recipe;

import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * The any-to-any encoder-decoder (arXiv 2406.09406, section 2.2).
 *
 * @param preset published size that changes the defaults of the other settings
 * @param dim width
 * @param encoderLayers encoder blocks
 * @param decoderLayers decoder blocks
 * @param heads attention heads
 * @param mlpRatio width of the feed-forward layer before gating, relative to {@code dim}
 * @param gated whether feed-forward layers are gated (SwiGLU)
 * @param activation activation of feed-forward layers
 * @param qkNorm whether queries and keys are normalised
 * @param bias whether linear layers and norms have biases, where the next four do not say otherwise
 * @param qkvBias whether queries, keys and values have biases
 * @param projBias whether the output of attention has a bias
 * @param mlpBias whether feed-forward layers have biases
 * @param normBias whether norms have biases
 * @param tiedHeads whether the decoder's token table is its output head
 * @param sharedModalityEmbeddings whether encoder and decoder share the embedding of a modality
 * @param learnedPositions whether all positions are trained
 * @param registerTokens trained tokens before the input of the encoder
 * @param encoderDropPath rate of dropped branches in the encoder's last block
 * @param decoderDropPath rate of dropped branches in the decoder's last block
 * @param sharedDropPath whether one ramp of rates runs over encoder and decoder
 * @param decoderCausal whether targets attend to what comes before them only
 * @param decoderSeparate whether targets attend to their own modality only
 * @param init how first weights are drawn
 */
public record ModelRecipe(
    @Setting(
            value = "Published size that the other settings of the network default to",
            allowed = {
              "tiny_6e_6d_gelu",
              "tiny_6e_6d_swiglu_nobias",
              "small_8e_8d_gelu",
              "small_8e_8d_swiglu_nobias",
              "base_12e_12d_gelu",
              "base_12e_12d_swiglu_nobias",
              "base_12e_12d_swiglu_qknorm_nobias",
              "large_24e_24d_gelu",
              "large_24e_24d_swiglu_nobias",
              "large_24e_24d_swiglu_qknorm_nobias",
              "xlarge_24e_24d_gelu",
              "xlarge_24e_24d_swiglu_nobias",
              "xlarge_24e_24d_swiglu_qknorm_nobias"
            })
        @Preset(ModelPresets.class)
        Optional<String> preset,
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
    @Setting(value = "Gated feed-forward layers instead of plain ones", defaultValue = "true")
        boolean gated,
    @Setting(
            value = "Activation of feed-forward layers: auto is silu in gated ones, gelu in plain",
            defaultValue = "auto",
            allowed = {"auto", "gelu", "silu"})
        String activation,
    @Setting(
            value = "Layer norm on queries and keys; steadier at large sizes",
            defaultValue = "false")
        boolean qkNorm,
    @Setting(
            value = "Biases in linear layers and norms, where the next four do not say otherwise",
            defaultValue = "false")
        boolean bias,
    @Setting("Biases of queries, keys and values") Optional<Boolean> qkvBias,
    @Setting("Biases of the output of attention") Optional<Boolean> projBias,
    @Setting("Biases of feed-forward layers") Optional<Boolean> mlpBias,
    @Setting("Biases of norms") Optional<Boolean> normBias,
    @Setting(
            value = "One tensor for the decoder's token table and its output head",
            defaultValue = "true")
        boolean tiedHeads,
    @Setting(value = "One embedding of a modality for encoder and decoder", defaultValue = "true")
        boolean sharedModalityEmbeddings,
    @Setting(
            value =
                "Train all positions; else only those of global codes are, others are sinusoids",
            defaultValue = "false")
        boolean learnedPositions,
    @Setting(
            value = "Trained tokens before the input of the encoder",
            defaultValue = "0",
            min = 0,
            max = 4096)
        int registerTokens,
    @Setting(
            value = "Share of samples that skip a branch of the encoder's last block in training",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        double encoderDropPath,
    @Setting(
            value = "Share of samples that skip a branch of the decoder's last block in training",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        double decoderDropPath,
    @Setting(
            value = "One ramp of these shares over encoder and decoder instead of one for each",
            defaultValue = "false")
        boolean sharedDropPath,
    @Setting(
            value = "Targets attend to what comes before them only, in grids too",
            defaultValue = "false")
        boolean decoderCausal,
    @Setting(value = "Targets attend to their own modality only", defaultValue = "true")
        boolean decoderSeparate,
    @Setting(
            value =
                "First weights: published as in the reference system, aligned lets the decoder look at its own place"
                    + " in the input from the first step on and makes tokens as loud as places, which short trainings need",
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

  /**
   * Creates a network whose other settings have their defaults.
   *
   * @param dim width
   * @param encoderLayers encoder blocks
   * @param decoderLayers decoder blocks
   * @param heads attention heads
   * @param mlpRatio width of the feed-forward layer before gating, relative to {@code dim}
   * @param gated whether feed-forward layers are gated
   * @param qkNorm whether queries and keys are normalised
   * @param bias whether linear layers and norms have biases
   * @param tiedHeads whether the decoder's token table is its output head
   * @param init how first weights are drawn
   */
  public ModelRecipe(
      int dim,
      int encoderLayers,
      int decoderLayers,
      int heads,
      double mlpRatio,
      boolean gated,
      boolean qkNorm,
      boolean bias,
      boolean tiedHeads,
      String init) {
    this(
        Optional.empty(),
        dim,
        encoderLayers,
        decoderLayers,
        heads,
        mlpRatio,
        gated,
        "auto",
        qkNorm,
        bias,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        tiedHeads,
        true,
        false,
        0,
        0,
        0,
        false,
        false,
        true,
        init);
  }

  /**
   * Returns whether queries, keys and values have biases.
   *
   * @return what {@code qkvBias} says, else what {@code bias} says
   */
  public boolean hasQkvBias() {
    return qkvBias.orElse(bias);
  }

  /**
   * Returns whether the output of attention has a bias.
   *
   * @return what {@code projBias} says, else what {@code bias} says
   */
  public boolean hasProjBias() {
    return projBias.orElse(bias);
  }

  /**
   * Returns whether feed-forward layers have biases.
   *
   * @return what {@code mlpBias} says, else what {@code bias} says
   */
  public boolean hasMlpBias() {
    return mlpBias.orElse(bias);
  }

  /**
   * Returns whether norms have trained biases.
   *
   * @return what {@code normBias} says, else what {@code bias} says
   */
  public boolean hasNormBias() {
    return normBias.orElse(bias);
  }

  /**
   * Returns whether feed-forward layers use SiLU; else they use GELU.
   *
   * @return what {@code activation} says; by itself gated layers use SiLU
   */
  public boolean usesSilu() {
    return activation.equals("silu") || activation.equals("auto") && gated;
  }

  /**
   * Returns the width of feed-forward layers: truncated, and a gated one has two thirds of a plain
   * one.
   *
   * @return hidden width
   */
  public int hidden() {
    int plain = (int) (dim * mlpRatio);
    return gated ? (int) (2.0 * plain / 3) : plain;
  }
}
