package org.anymod.networks;

/**
 * A product of matrices {@code (rows, inner)} and {@code (inner, columns)} that is computed several
 * times.
 *
 * @param rows rows of the first matrix, for one value
 * @param inner columns of the first and rows of the second
 * @param columns columns of the second
 * @param times how often it is computed for one value
 */
public record MatrixProduct(int rows, int inner, int columns, int times) {

  /**
   * Returns the multiply-adds for one value.
   *
   * @return their number
   */
  public double multiplyAdds() {
    return (double) rows * inner * columns * times;
  }
}
