package org.anymod.networks.vq;

import java.util.random.RandomGenerator;

/** Draws rows of a batch. */
final class RandomRows {
  private RandomRows() {}

  /**
   * Draws without replacement where there are enough rows, else each row equally often plus a rest.
   */
  static long[] of(int rows, int count, RandomGenerator random) {
    int[] order = new int[rows];
    long[] drawn = new long[count];
    for (int i = 0; i < count; i++) {
      int at = i % rows;
      if (at == 0) {
        for (int j = 0; j < rows; j++) {
          order[j] = j;
        }
      }
      int other = at + random.nextInt(rows - at);
      int row = order[other];
      order[other] = order[at];
      order[at] = row;
      drawn[i] = row;
    }
    return drawn;
  }
}
