package org.anymod.core.retrieval;

/**
 * Where the row that is looked for comes in the order of all rows.
 *
 * @param better rows that are more alike to the query
 * @param tied rows exactly as alike, itself among them; their order is a matter of chance
 */
public record Place(int better, int tied) {
  /** Checks that the row itself was counted. */
  public Place {
    if (better < 0 || tied < 1) {
      throw new IllegalArgumentException("better is " + better + " and tied is " + tied);
    }
  }

  /**
   * Returns the probability of being among the first rows, where ties are in random order.
   *
   * @param top how many rows come first
   * @return from 0 to 1
   */
  public double within(int top) {
    return Math.min(1, Math.max(0, (double) (top - better) / tied));
  }

  /**
   * Returns the mean rank over all orders of the ties.
   *
   * @return 1 for the first
   */
  public double rank() {
    return better + (tied + 1) / 2.0;
  }
}
