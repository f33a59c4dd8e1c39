package org.anymod.spi;

import java.util.OptionalInt;

/**
 * Makes tokenizers of one modality. The plugin picks a family from the networks that the host
 * shares, or brings its own.
 */
public non-sealed interface TokenizerFactory extends Representation {

  /**
   * Returns a name that tokenizers of interchangeable construction share, such as {@code
   * vit-vqvae}.
   *
   * @return the family name
   */
  String family();

  /**
   * Returns what sizes of square pictures its tokenizers can be trained on beside the context's
   * resolution.
   *
   * @param context as for {@link #create}; its manager is not used
   * @return the number that a side in pixels must be a multiple of; empty where only the context's
   *     resolution will do, which is the default
   * @throws IllegalArgumentException if the settings are impossible
   */
  default OptionalInt resolutionStep(TokenizerContext context) {
    return OptionalInt.empty();
  }

  /**
   * Creates a tokenizer with fresh weights that are a function of the context's seed.
   *
   * @param context sizes, settings, seed and the manager that owns its tensors
   * @return the tokenizer; closing it frees its tensors
   * @throws IllegalArgumentException if the settings are impossible; the message names the setting,
   *     the value and what is allowed
   */
  Tokenizer create(TokenizerContext context);
}
