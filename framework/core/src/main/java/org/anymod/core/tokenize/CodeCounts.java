package org.anymod.core.tokenize;

/**
 * How tokens spread over a vocabulary.
 *
 * @param codes size of the vocabulary
 * @param used codes that occur at all
 * @param perplexity {@code exp} of the entropy of their frequencies: as many equally frequent codes
 *     would be as hard to guess
 */
public record CodeCounts(int codes, int used, double perplexity) {

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
    return new CodeCounts(codes, used, Math.exp(entropy));
  }
}
