package org.anymod.media;

import java.util.Optional;

/**
 * A word such as {@code v2=31} of the vocabulary that text-like modalities share: one of four kinds
 * of numbers from 0 to 999 (arXiv 2406.09406, appendix D).
 *
 * @param kind 0 to 3
 * @param number 0 to 999
 */
public record NumberWord(int kind, int number) {
  /** Number of different numbers of a kind. */
  public static final int BINS = 1000;

  /** Number of different codes that {@link #ofCode} can write. */
  public static final int CODES = 1024;

  private static final int HALF = CODES / 2;

  /** Checks that the vocabulary has such a word. */
  public NumberWord {
    if (kind < 0 || kind > 3 || number < 0 || number >= BINS) {
      throw new IllegalArgumentException(
          "there is no word v" + kind + "=" + number + ", words are v0=0 to v3=999");
    }
  }

  /**
   * Returns the word of the nearest number that the vocabulary has.
   *
   * @param kind 0 to 3
   * @param value any number; halves are rounded to even
   * @return the word
   */
  public static NumberWord nearest(int kind, double value) {
    return new NumberWord(kind, (int) Math.rint(Math.min(BINS - 1, Math.max(0, value))));
  }

  /**
   * Returns the word of a code of a tokenizer: {@code v0=} for the lower half of 1024 codes, {@code
   * v1=} for the upper half.
   *
   * @param code 0 to 1023
   * @return the word
   */
  public static NumberWord ofCode(int code) {
    if (code < 0 || code >= CODES) {
      throw new IllegalArgumentException(
          "code " + code + " has no word, codes are 0 to " + (CODES - 1));
    }
    return new NumberWord(code / HALF, code % HALF);
  }

  /**
   * Reads a word.
   *
   * @param text any word
   * @return the number word; empty if it is none
   */
  public static Optional<NumberWord> parse(String text) {
    if (!text.matches("v[0-3]=(0|[1-9][0-9]{0,2})")) {
      return Optional.empty();
    }
    return Optional.of(
        new NumberWord(text.charAt(1) - '0', Integer.parseInt(text, 3, text.length(), 10)));
  }

  /**
   * Returns the code that this word stands for.
   *
   * @return 0 to 1023; empty if the word stands for none
   */
  public Optional<Integer> code() {
    return kind < 2 && number < HALF ? Optional.of(kind * HALF + number) : Optional.empty();
  }

  @Override
  public String toString() {
    return "v" + kind + "=" + number;
  }
}
