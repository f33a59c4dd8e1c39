package org.anymod.networks.vq;

/** Fixed two-dimensional position table of the tokenizers' ViTs. */
public final class SinePositions {
  private SinePositions() {}

  /**
   * Computes the table (1, dim, rows, columns): sine of row, cosine of row, sine of column, cosine
   * of column, a quarter of the channels each, with frequencies {@code 10000^(-k / (dim / 4))}.
   *
   * @param dim number of channels, a multiple of 4
   * @param rows rows
   * @param columns columns
   * @return the table in row-major order
   */
  public static float[] grid(int dim, int rows, int columns) {
    int quarter = dim / 4;
    float[] table = new float[dim * rows * columns];
    for (int k = 0; k < quarter; k++) {
      double omega = Math.pow(10000, -(double) k / quarter);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          table[at(k, r, c, rows, columns)] = (float) Math.sin(r * omega);
          table[at(quarter + k, r, c, rows, columns)] = (float) Math.cos(r * omega);
          table[at(2 * quarter + k, r, c, rows, columns)] = (float) Math.sin(c * omega);
          table[at(3 * quarter + k, r, c, rows, columns)] = (float) Math.cos(c * omega);
        }
      }
    }
    return table;
  }

  private static int at(int channel, int row, int column, int rows, int columns) {
    return (channel * rows + row) * columns + column;
  }
}
