package org.anymod.networks.diffusion;

/** Fixed two-dimensional position table of the tokenizers' transformers. */
final class PositionTable {
  private PositionTable() {}

  /**
   * Computes the table (1, dim, rows, columns): sine of row, cosine of row, sine of column, cosine
   * of column, a quarter of the channels each, with frequencies {@code 10000^(-k / (dim / 4))}.
   */
  static float[] grid(int dim, int rows, int columns) {
    int quarter = dim / 4;
    int area = rows * columns;
    float[] table = new float[dim * area];
    for (int k = 0; k < quarter; k++) {
      double omega = Math.pow(10000, -(double) k / quarter);
      for (int place = 0; place < area; place++) {
        double row = place / columns * omega;
        double column = place % columns * omega;
        table[k * area + place] = (float) Math.sin(row);
        table[(quarter + k) * area + place] = (float) Math.cos(row);
        table[(2 * quarter + k) * area + place] = (float) Math.sin(column);
        table[(3 * quarter + k) * area + place] = (float) Math.cos(column);
      }
    }
    return table;
  }
}
