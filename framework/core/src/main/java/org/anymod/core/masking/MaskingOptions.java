package org.anymod.core.masking;

/**
 * Where masking may go beyond the published procedure.
 *
 * @param roleAware whether modalities that cannot take a share (concentration 0, wrong role) are
 *     left out when a budget is shared, rather than being given a tiny concentration and tokens
 *     that are lost
 * @param redistribute whether tokens above what a modality can use go to the others, rather than
 *     being lost
 * @param alwaysEnd whether every sequence closes with the end token, also after truncation and in
 *     sequences of codes
 * @param maxTries how often the shown part of a sequence is drawn again until it fits the budget,
 *     before all of it is hidden; at least 1
 */
public record MaskingOptions(
    boolean roleAware, boolean redistribute, boolean alwaysEnd, int maxTries) {

  /** Checks that there is at least one try. */
  public MaskingOptions {
    if (maxTries < 1) {
      throw new IllegalArgumentException("maxTries is " + maxTries + ", must be at least 1");
    }
  }

  /**
   * Returns the options of this project's own training: no token of a budget is lost where it could
   * be used, and every sequence has its end.
   *
   * @return everything on, 100 tries
   */
  public static MaskingOptions standard() {
    return new MaskingOptions(true, true, true, 100);
  }

  /**
   * Returns the options that follow the published procedure to the letter (arXiv 2312.06647 and
   * 2406.09406).
   *
   * @return everything off; tries are so many that the limit is never met
   */
  public static MaskingOptions parity() {
    return new MaskingOptions(false, false, false, 1000);
  }
}
