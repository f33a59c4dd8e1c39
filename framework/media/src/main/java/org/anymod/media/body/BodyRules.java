package org.anymod.media.body;

import org.anymod.media.NumberWord;

/**
 * How people are told.
 *
 * @param vocabulary number of different codes of a pose, 2 to 1024
 * @param publishedFlip whether people stay as they are in mirrored crops, as in the reference
 *     system
 * @param publishedRange whether numbers outside their range become words that the vocabulary does
 *     not have, as in the reference system
 */
public record BodyRules(int vocabulary, boolean publishedFlip, boolean publishedRange) {

  /** Checks the vocabulary. */
  public BodyRules {
    if (vocabulary < 2 || vocabulary > NumberWord.CODES) {
      throw new IllegalArgumentException(
          "vocabulary is " + vocabulary + ", must be in [2, " + NumberWord.CODES + "]");
    }
  }
}
