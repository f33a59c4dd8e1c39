package org.anymod.core.model;

/** Fixed sine and cosine position tables of the model (temperature 10000, products in float32). */
final class PositionTables {
  private PositionTables() {}

  /** One dimension: (positions, dim), all sines first. */
  static float[] line(int positions, int dim) {
    int half = dim / 2;
    float[] table = new float[positions * dim];
    for (int k = 0; k < half; k++) {
      float omega = (float) (1 / Math.pow(10000, (double) k / half));
      for (int p = 0; p < positions; p++) {
        float angle = p * omega;
        table[p * dim + k] = (float) Math.sin(angle);
        table[p * dim + half + k] = (float) Math.cos(angle);
      }
    }
    return table;
  }

  /**
   * Two dimensions, row-major: (rows * columns, dim), a quarter each for sine and cosine of row,
   * then of column.
   */
  static float[] grid(int rows, int columns, int dim) {
    int quarter = dim / 4;
    float[] table = new float[rows * columns * dim];
    for (int k = 0; k < quarter; k++) {
      float omega = (float) (1 / Math.pow(10000, (double) k / quarter));
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int at = (r * columns + c) * dim + k;
          float row = r * omega;
          float column = c * omega;
          table[at] = (float) Math.sin(row);
          table[at + quarter] = (float) Math.cos(row);
          table[at + 2 * quarter] = (float) Math.sin(column);
          table[at + 3 * quarter] = (float) Math.cos(column);
        }
      }
    }
    return table;
  }
}
