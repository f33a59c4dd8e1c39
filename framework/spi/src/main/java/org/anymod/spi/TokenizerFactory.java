package org.anymod.spi;

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
   * Creates a tokenizer with fresh weights that are a function of the context's seed.
   *
   * @param context sizes, settings, seed and the manager that owns its tensors
   * @return the tokenizer; closing it frees its tensors
   * @throws IllegalArgumentException if the settings are impossible; the message names the setting,
   *     the value and what is allowed
   */
  Tokenizer create(TokenizerContext context);
}
