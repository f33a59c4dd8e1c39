package org.anymod.core.model;

/**
 * Points in the backward pass at which the gradients of some weights are complete, in their order.
 */
public enum GradientStage {
  /** Output heads that belong to no token table. */
  HEADS,
  /** Blocks of the decoder and its last norm. */
  DECODER,
  /** Blocks of the encoder, its last norm, registers, and the projection to the decoder. */
  ENCODER,
  /** Everything else: tables, projections and modality vectors. */
  EMBEDDINGS;

  /** Hears of the stages of one batch, the last one excepted: it ends with the pass. */
  @FunctionalInterface
  public interface Listener {
    /** Does not listen. */
    Listener NONE = stage -> {};

    /**
     * The gradients of a stage, and of those before it, are complete.
     *
     * @param stage the stage
     */
    void complete(GradientStage stage);
  }

  /**
   * Returns when the gradient of a tensor is complete.
   *
   * @param name name of the tensor
   * @return the stage
   */
  public static GradientStage of(String name) {
    if (name.startsWith("decoder_embeddings.") && name.endsWith(".to_logits.weight")) {
      return HEADS;
    }
    if (name.startsWith("decoder.") || name.startsWith("decoder_norm.")) {
      return DECODER;
    }
    boolean encoder = name.startsWith("encoder.") || name.startsWith("encoder_norm.");
    return encoder || name.startsWith("decoder_proj_context.") ? ENCODER : EMBEDDINGS;
  }
}
