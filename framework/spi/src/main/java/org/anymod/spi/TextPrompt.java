package org.anymod.spi;

/**
 * A question about one part of a value, as a text with a gap: what stands around the gap says which
 * part is meant, as the box of an instance does, and a model fills in the rest of it (arXiv
 * 2406.09406, appendix F).
 *
 * @param before words before the gap, possibly none
 * @param after words behind the gap, possibly none
 * @param answer a value of the modality that holds only this part
 */
public record TextPrompt(String before, String after, Value answer) {
  /** Checks that everything is present. */
  public TextPrompt {
    Checks.present("before", before);
    Checks.present("after", after);
    Checks.present("answer", answer);
  }
}
