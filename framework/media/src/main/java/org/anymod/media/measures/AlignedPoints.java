package org.anymod.media.measures;

/**
 * The distance of two sets of points in space after the best turn, scale and move of the first
 * (Procrustes): what is left of an error when position, size and orientation do not count.
 *
 * <p>Source: B. Horn, "Closed-form solution of absolute orientation using unit quaternions", 1987;
 * never a mirror image.
 */
public final class AlignedPoints {
  private static final int AXES = 3;

  private AlignedPoints() {}

  /**
   * Returns the mean distance of points that belong together.
   *
   * @param moved x, y and z of each point that may be moved
   * @param fixed x, y and z of each point that it should come to, as many
   * @return the mean distance in the unit of the fixed points
   * @throws IllegalArgumentException if there are no points, or not as many
   */
  public static double meanDistance(double[][] moved, double[][] fixed) {
    if (moved.length == 0 || moved.length != fixed.length) {
      throw new IllegalArgumentException(
          moved.length + " points for " + fixed.length + ", must be as many and at least one");
    }
    double[][] a = centred(moved);
    double[][] b = centred(fixed);
    double[][] turn = rotation(a, b);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double[] turned = turned(turn, a[i]);
      for (int k = 0; k < AXES; k++) {
        products += turned[k] * b[i][k];
        squares += a[i][k] * a[i][k];
      }
    }
    double scale = squares > 0 ? products / squares : 0;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double[] turned = turned(turn, a[i]);
      double square = 0;
      for (int k = 0; k < AXES; k++) {
        square += Math.pow(scale * turned[k] - b[i][k], 2);
      }
      sum += Math.sqrt(square);
    }
    return sum / a.length;
  }

  private static double[][] centred(double[][] points) {
    double[] mean = new double[AXES];
    for (double[] point : points) {
      for (int k = 0; k < AXES; k++) {
        mean[k] += point[k] / points.length;
      }
    }
    double[][] result = new double[points.length][AXES];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < AXES; k++) {
        result[i][k] = points[i][k] - mean[k];
      }
    }
    return result;
  }

  /** The rotation that brings a nearest to b. */
  private static double[][] rotation(double[][] a, double[][] b) {
    double[][] s = new double[AXES][AXES];
    for (int i = 0; i < a.length; i++) {
      for (int r = 0; r < AXES; r++) {
        for (int c = 0; c < AXES; c++) {
          s[r][c] += a[i][r] * b[i][c];
        }
      }
    }
    double[][] n = {
      {s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
      {s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
      {s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
      {s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]}
    };
    Eigenvectors found = Eigenvectors.of(n);
    return ofQuaternion(found.vector(found.largest(1)[0]));
  }

  private static double[][] ofQuaternion(double[] q) {
    double w = q[0];
    double x = q[1];
    double y = q[2];
    double z = q[3];
    return new double[][] {
      {w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
      {2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)},
      {2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z}
    };
  }

  private static double[] turned(double[][] turn, double[] point) {
    double[] result = new double[AXES];
    for (int r = 0; r < AXES; r++) {
      for (int c = 0; c < AXES; c++) {
        result[r] += turn[r][c] * point[c];
      }
    }
    return result;
  }
}
