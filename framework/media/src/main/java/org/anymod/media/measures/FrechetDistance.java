package org.anymod.media.measures;

import java.util.List;

/**
 * The Fréchet distance of two sets of vectors, each taken for a normal distribution: {@code |m1 -
 * m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))}. Of features of an image network it is known as FID.
 *
 * <p>Source: M. Heusel et al., "GANs trained by a two time-scale update rule converge to a local
 * Nash equilibrium", 2017, equation 6. The trace of the root is that of the symmetric matrix {@code
 * C1^(1/2) C2 C1^(1/2)}, which has the same eigenvalues; computed in double precision. With fewer
 * samples than numbers in a vector the covariances are singular, which the formula allows, but the
 * distance depends much on the number of samples.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /** Mean and covariance of vectors. */
  private record Normal(double[] mean, double[][] covariance) {}

  /**
   * Computes the distance.
   *
   * @param a vectors of one set, at least two
   * @param b vectors of the other set, at least two, of the same width
   * @return the distance, not negative
   * @throws IllegalArgumentException if a set is too small or vectors differ in width
   */
  public static double of(List<float[]> a, List<float[]> b) {
    Normal first = normal(a, width(a));
    Normal second = normal(b, width(a));
    double sum = 0;
    for (int i = 0; i < first.mean.length; i++) {
      double apart = first.mean[i] - second.mean[i];
      sum += apart * apart + first.covariance[i][i] + second.covariance[i][i];
    }
    return Math.max(0, sum - 2 * traceOfRoot(first.covariance, second.covariance));
  }

  private static int width(List<float[]> vectors) {
    if (vectors.size() < 2) {
      throw new IllegalArgumentException(
          "there are " + vectors.size() + " vectors, at least 2 are needed for a covariance");
    }
    return vectors.get(0).length;
  }

  private static Normal normal(List<float[]> vectors, int width) {
    width(vectors);
    double[] mean = new double[width];
    for (float[] vector : vectors) {
      if (vector.length != width) {
        throw new IllegalArgumentException(
            "a vector has " + vector.length + " numbers, must have " + width);
      }
      for (int i = 0; i < width; i++) {
        mean[i] += (double) vector[i] / vectors.size();
      }
    }
    double[][] covariance = new double[width][width];
    double[] apart = new double[width];
    for (float[] vector : vectors) {
      for (int i = 0; i < width; i++) {
        apart[i] = vector[i] - mean[i];
      }
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          covariance[i][j] += apart[i] * apart[j] / (vectors.size() - 1);
        }
      }
    }
    return new Normal(mean, covariance);
  }

  private static double traceOfRoot(double[][] a, double[][] b) {
    int size = a.length;
    double[][] root = root(a);
    Eigenvectors found = Eigenvectors.of(symmetric(product(product(root, b), root)));
    double trace = 0;
    for (int i = 0; i < size; i++) {
      trace += Math.sqrt(Math.max(0, found.value(i)));
    }
    return trace;
  }

  private static double[][] root(double[][] matrix) {
    int size = matrix.length;
    double[][] copy = new double[size][];
    for (int i = 0; i < size; i++) {
      copy[i] = matrix[i].clone();
    }
    Eigenvectors found = Eigenvectors.of(copy);
    double[][] result = new double[size][size];
    for (int e = 0; e < size; e++) {
      double length = Math.sqrt(Math.max(0, found.value(e)));
      double[] vector = found.vector(e);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          result[i][j] += length * vector[i] * vector[j];
        }
      }
    }
    return result;
  }

  private static double[][] product(double[][] a, double[][] b) {
    int size = a.length;
    double[][] result = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        for (int j = 0; j < size; j++) {
          result[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return result;
  }

  /** Takes away what rounding has left between a matrix and its mirror image. */
  private static double[][] symmetric(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (matrix[i][j] + matrix[j][i]) / 2;
        matrix[i][j] = mean;
        matrix[j][i] = mean;
      }
    }
    return matrix;
  }
}
