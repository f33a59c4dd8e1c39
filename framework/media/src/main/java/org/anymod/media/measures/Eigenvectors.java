package org.anymod.media.measures;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections to a
 * tridiagonal matrix, then QL steps with implicit shifts (Golub and Van Loan, Matrix Computations,
 * sections 8.3.1 and 8.3.3).
 */
public final class Eigenvectors {
  private static final int MAX_STEPS = 60;

  private final int size;
  private final double[][] matrix;
  private final double[] diagonal;
  private final double[] beside;
  private final double[][] rows;

  private Eigenvectors(double[][] matrix) {
    this.matrix = matrix;
    size = matrix.length;
    diagonal = new double[size];
    beside = new double[size];
    rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      rows[i][i] = 1;
    }
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix symmetric, with finite numbers; overwritten
   * @return the decomposition
   */
  public static Eigenvectors of(double[][] matrix) {
    Eigenvectors result = new Eigenvectors(matrix);
    for (int k = 0; k < matrix.length - 2; k++) {
      result.reflect(k);
    }
    for (int i = 0; i < matrix.length; i++) {
      result.diagonal[i] = matrix[i][i];
      result.beside[i] = i + 1 < matrix.length ? matrix[i + 1][i] : 0;
    }
    for (int l = 0; l < matrix.length; l++) {
      result.solve(l);
    }
    return result;
  }

  /**
   * Returns an eigenvalue; they come in no order.
   *
   * @param i number of the eigenvalue
   * @return the eigenvalue
   */
  public double value(int i) {
    return diagonal[i];
  }

  /**
   * Returns the eigenvector of length 1 that belongs to a value.
   *
   * @param i number of the eigenvalue
   * @return the vector, not a copy
   */
  public double[] vector(int i) {
    return rows[i];
  }

  /**
   * Returns the numbers of the largest values.
   *
   * @param count how many; all if there are fewer
   * @return the numbers, largest value first; of equal ones the first comes first
   */
  public int[] largest(int count) {
    int[] chosen = new int[Math.min(count, size)];
    boolean[] taken = new boolean[size];
    for (int k = 0; k < chosen.length; k++) {
      int best = -1;
      for (int i = 0; i < size; i++) {
        if (!taken[i] && (best < 0 || diagonal[i] > diagonal[best])) {
          best = i;
        }
      }
      taken[best] = true;
      chosen[k] = best;
    }
    return chosen;
  }

  /** Makes column k zero below its subdiagonal by a reflection of the rows and columns behind k. */
  private void reflect(int k) {
    double[] v = new double[size];
    double length = 0;
    for (int i = k + 1; i < size; i++) {
      v[i] = matrix[i][k];
      length = Math.hypot(length, v[i]);
    }
    v[k + 1] += Math.copySign(length, v[k + 1]);
    double square = 0;
    for (int i = k + 1; i < size; i++) {
      square += v[i] * v[i];
    }
    if (square == 0) {
      return;
    }
    double[] p = new double[size];
    double share = 0;
    for (int i = k; i < size; i++) {
      p[i] = 2 / square * dot(matrix[i], v, k + 1);
      share += p[i] * v[i] / square;
    }
    for (int i = k; i < size; i++) {
      p[i] -= share * v[i];
    }
    for (int i = k; i < size; i++) {
      for (int j = k; j < size; j++) {
        matrix[i][j] -= v[i] * p[j] + p[i] * v[j];
      }
    }
    turn(v, 2 / square, k + 1);
  }

  /** Applies the reflection to the rows that become eigenvectors. */
  private void turn(double[] v, double factor, int from) {
    double[] sums = new double[size];
    for (int i = from; i < size; i++) {
      for (int j = 0; j < size; j++) {
        sums[j] += v[i] * rows[i][j];
      }
    }
    for (int i = from; i < size; i++) {
      for (int j = 0; j < size; j++) {
        rows[i][j] -= factor * v[i] * sums[j];
      }
    }
  }

  private static double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int i = from; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Repeats QL steps until entry l stands alone. */
  private void solve(int l) {
    for (int step = 0; step < MAX_STEPS; step++) {
      int end = l;
      while (end < size - 1
          && Math.abs(beside[end])
              > Math.ulp(1.0) * (Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]))) {
        end++;
      }
      if (end == l) {
        return;
      }
      step(l, end);
    }
  }

  private void step(int l, int end) {
    double half = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
    double shift = half + Math.copySign(Math.hypot(half, 1), half);
    double g = diagonal[end] - diagonal[l] + beside[l] / shift;
    double sine = 1;
    double cosine = 1;
    double moved = 0;
    for (int i = end - 1; i >= l; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      double r = Math.hypot(f, g);
      beside[i + 1] = r;
      if (r == 0) {
        diagonal[i + 1] -= moved;
        beside[end] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = diagonal[i + 1] - moved;
      r = (diagonal[i] - g) * sine + 2 * cosine * b;
      moved = sine * r;
      diagonal[i + 1] = g + moved;
      g = cosine * r - b;
      rotate(rows[i], rows[i + 1], cosine, sine);
    }
    diagonal[l] -= moved;
    beside[l] = g;
    beside[end] = 0;
  }

  private static void rotate(double[] a, double[] b, double cosine, double sine) {
    for (int k = 0; k < a.length; k++) {
      double kept = b[k];
      b[k] = sine * a[k] + cosine * kept;
      a[k] = cosine * a[k] - sine * kept;
    }
  }
}
