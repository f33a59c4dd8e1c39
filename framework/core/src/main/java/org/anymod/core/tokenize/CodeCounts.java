package org.anymod.core.tokenize;

/**
 * How tokens spread over a vocabulary.
 *
 * @param each how often each code occurs
 * @param all how many tokens there are
 * @param used codes that occur at all
 * @param perplexity {@code exp} of the entropy of their frequencies: as many equally frequent codes
 *     would be as hard to guess
 */
public record CodeCounts(long[] each, long all, int used, double perplexity) {

  /**
   * Returns the size of the vocabulary.
   *
   * @return number of codes
   */
  public int codes() {
    return each.length;
  }

  /**
   * Counts tokens.
   *
   * @param tokens tokens as (value, token), at least one
   * @param codes size of the vocabulary
   * @return the counts
   */
  public static CodeCounts of(int[][] tokens, int codes) {
    long[] counts = new long[codes];
    long all = 0;
    for (int[] row : tokens) {
      for (int token : row) {
        counts[token]++;
        all++;
      }
    }
    int used = 0;
    double entropy = 0;
    for (long count : counts) {
      if (count > 0) {
        used++;
        double share = (double) count / all;
        entropy -= share * Math.log(share);
      }
    }
    return new CodeCounts(counts, all, used, Math.exp(entropy));
  }
}
