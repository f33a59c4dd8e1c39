package org.anymod.media.body;

/** Rotations as matrices of 3 x 3 numbers in row order, several one after the other. */
final class Rotations {
  /** Numbers of one rotation. */
  static final int SIZE = 9;

  private static final double TINY = 1e-6;

  private Rotations() {}

  static double[] identity() {
    return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
  }

  /** Returns the same motion of a body seen in a mirror, in which x points the other way. */
  static double[] mirrored(double[] rotations, int at) {
    double[] result = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      // Numbers that take x to another axis or another axis to x change their sign.
      result[i] = (i / 3 == 0) != (i % 3 == 0) ? -rotations[at + i] : rotations[at + i];
    }
    return result;
  }

  /** Returns the product, which turns by {@code b} first. */
  static double[] product(double[] a, double[] b) {
    double[] result = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int k = 0; k < 3; k++) {
        result[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
      }
    }
    return result;
  }

  static double[] turned(double[] rotation, double[] vector) {
    double[] result = new double[3];
    for (int i = 0; i < SIZE; i++) {
      result[i / 3] += rotation[i] * vector[i % 3];
    }
    return result;
  }

  /**
   * Returns a rotation close to some matrix: its first two rows made orthogonal and of length 1,
   * the third from these (Gram and Schmidt). Nothing is turned where that is impossible.
   */
  static double[] nearest(double[] matrices, int at) {
    double[] first = {matrices[at], matrices[at + 1], matrices[at + 2]};
    double[] second = {matrices[at + 3], matrices[at + 4], matrices[at + 5]};
    if (!normalise(first)) {
      return identity();
    }
    double along = dot(first, second);
    for (int i = 0; i < 3; i++) {
      second[i] -= along * first[i];
    }
    if (!normalise(second)) {
      return identity();
    }
    return new double[] {
      first[0],
      first[1],
      first[2],
      second[0],
      second[1],
      second[2],
      first[1] * second[2] - first[2] * second[1],
      first[2] * second[0] - first[0] * second[2],
      first[0] * second[1] - first[1] * second[0]
    };
  }

  private static boolean normalise(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    for (int i = 0; i < 3; i++) {
      vector[i] /= length;
    }
    return length > TINY;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
