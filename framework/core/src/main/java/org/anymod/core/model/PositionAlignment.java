package org.anymod.core.model;

import java.util.Arrays;

/**
 * First weights that let the decoder look at its own place in the input from the first step on.
 *
 * <p>Half of the heads of each cross-attention compare queries and keys in the fastest components
 * of the fixed two-dimensional position table, the only ones that tell neighbours on a small grid
 * apart, and the projected output of the encoder stays out of these components at first. Otherwise
 * a model has to find this comparison by itself, which costs hundreds of steps at a plateau;
 * everything stays trainable.
 */
final class PositionAlignment {
  /**
   * Chosen so that at the first step the logit of a neighbour lies about 3 below that of the place
   * itself.
   */
  private static final float GAIN = 3.5f;

  private PositionAlignment() {}

  /**
   * Components in order of falling frequency: sine and cosine of row and of column for each
   * frequency.
   */
  private static int[] fastest(int dim, int count) {
    int quarter = dim / 4;
    int[] components = new int[Math.min(count, dim / 2)];
    for (int i = 0; i < components.length; i++) {
      components[i] = i % 4 * quarter + i / 4;
    }
    return components;
  }

  /**
   * Overwrites the first {@code dim} rows of a matrix (rows, dim) for half of the heads, at least
   * one.
   */
  static void alignHeads(float[] matrix, int dim, int heads) {
    int width = dim / heads;
    int[] components = fastest(dim, width);
    for (int head = 0; head < Math.max(1, heads / 2); head++) {
      for (int i = 0; i < components.length; i++) {
        int row = head * width + i;
        Arrays.fill(matrix, row * dim, (row + 1) * dim, 0);
        matrix[row * dim + components[i]] = GAIN;
      }
    }
  }

  /** Clears the rows of a matrix (dim, dim) that write into the compared components. */
  static void clearPositions(float[] matrix, int dim, int heads) {
    for (int component : fastest(dim, dim / heads)) {
      Arrays.fill(matrix, component * dim, (component + 1) * dim, 0);
    }
  }
}
