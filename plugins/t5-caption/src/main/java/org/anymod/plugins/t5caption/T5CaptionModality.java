package org.anymod.plugins.t5caption;

import jakarta.inject.Inject;
import org.anymod.media.embeddings.TextEmbeddings;
import org.anymod.spi.Kind;

/**
 * Captions as vectors of a language model, by default T5-XXL: at most 77 vectors of width 4096,
 * input only. Files and crops are those of {@link TextEmbeddings}.
 */
public final class T5CaptionModality extends TextEmbeddings {

  /**
   * Creates the modality.
   *
   * @param config sizes of the vectors
   */
  @Inject
  public T5CaptionModality(T5CaptionConfig config) {
    super(
        "t5_caption",
        new Kind.EmbeddingSequence(config.width(), config.maxVectors()),
        "T5-XXL embedding");
  }
}
