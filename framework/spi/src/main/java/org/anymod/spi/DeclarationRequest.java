package org.anymod.spi;

import java.util.OptionalInt;

/**
 * What a recipe asks of a modality when it names it under a key.
 *
 * @param key the full model key, for example {@code tok_depth@224}
 * @param resolution side of the square picture in pixels: the number after {@code @}, or the
 *     recipe's default resolution
 * @param patch side of a patch in pixels
 * @param vocabulary size of the codebook that the recipe's tokenizer section asks for; empty where
 *     there is none
 */
public record DeclarationRequest(String key, int resolution, int patch, OptionalInt vocabulary) {

  /** Checks that the sizes are positive. */
  public DeclarationRequest {
    Checks.present("key", key);
    Checks.positive("resolution", resolution);
    Checks.positive("patch", patch);
    Checks.present("vocabulary", vocabulary);
  }

  /**
   * Returns the vocabulary asked for, or a default.
   *
   * @param fallback the modality's own default
   * @return number of different tokens
   */
  public int vocabularyOr(int fallback) {
    return vocabulary.orElse(fallback);
  }

  /**
   * Declares the usual grid of image tokens: one token for each patch, fixed positions.
   *
   * @param defaultVocabulary codebook size where the recipe does not say
   * @return the grid
   * @throws IllegalArgumentException if the resolution is no multiple of the patch size
   */
  public Kind.TokenGrid tokenGrid(int defaultVocabulary) {
    if (resolution % patch != 0) {
      throw new IllegalArgumentException(
          key + ": resolution " + resolution + " is not a multiple of the patch size " + patch);
    }
    int side = resolution / patch;
    return new Kind.TokenGrid(
        side, side, vocabularyOr(defaultVocabulary), Kind.Positions.SINE_COSINE);
  }
}
