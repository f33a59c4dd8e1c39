package org.anymod.media;

/**
 * Source pixels and weights for each result pixel of one direction.
 *
 * @param first first source pixel of each result pixel
 * @param weights weights of it and the following ones, which add up to 1
 */
record ResamplingWeights(int[] first, double[][] weights) {
  /** Fractional bits of integer weights: 32 less 8 of the sample and 2 of headroom. */
  static final int FRACTION_BITS = 22;

  /**
   * Returns the weights as integers with {@link #FRACTION_BITS}, rounded away from zero at halves.
   */
  int[][] integers() {
    int[][] integers = new int[weights.length][];
    for (int x = 0; x < weights.length; x++) {
      integers[x] = new int[weights[x].length];
      for (int i = 0; i < weights[x].length; i++) {
        double scaled = weights[x][i] * (1 << FRACTION_BITS);
        integers[x][i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    }
    return integers;
  }
}
