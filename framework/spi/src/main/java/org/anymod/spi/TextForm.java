package org.anymod.spi;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The text form of a modality in the vocabulary that all text-like modalities share: captions as
 * they are, numbers as {@code v0=12} words and so on (arXiv 2406.09406, appendix D).
 */
public non-sealed interface TextForm extends Representation {

  /**
   * Writes a value as text. A form may choose among several, such as an order of entries, with the
   * given generator.
   *
   * @param value a value that fits the modality's {@link ValueSpec}
   * @param random the only source of chance; the same state gives the same text
   * @return the text in one or more chunks; masking keeps or hides a chunk as a whole where there
   *     are several
   */
  List<String> write(Value value, RandomGenerator random);

  /**
   * Reads a text that a model produced. Never fails: words that make no sense are left out, and
   * what remains may be an empty value.
   *
   * @param text the text, without end token and padding
   * @return a value that fits the modality's {@link ValueSpec}
   */
  Value read(String text);

  /**
   * Returns words that the vocabulary must hold whole, such as class names.
   *
   * @return the words, none by default
   */
  default List<String> words() {
    return List.of();
  }

  /**
   * Returns the number of bins of {@code v0=...} to {@code v3=...} coordinate words that this form
   * needs.
   *
   * @return number of bins, 0 if it needs none
   */
  default int coordinateBins() {
    return 0;
  }

  /**
   * Returns questions about the parts of a value, each of which a model can be asked for by itself.
   *
   * @param truth a true value
   * @return the questions with their answers, none by default
   */
  default List<TextPrompt> prompts(Value truth) {
    return List.of();
  }
}
