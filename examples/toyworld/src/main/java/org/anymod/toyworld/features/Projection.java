package org.anymod.toyworld.features;

import org.anymod.torch.StreamRandom;

/**
 * A fixed random matrix and the hyperbolic tangent: {@code tanh(W x)} with entries of {@code W}
 * drawn evenly with variance {@code 1 / inputs}. The matrix depends on its name and sizes alone, so
 * that features of all worlds are comparable.
 */
final class Projection {
  private static final long SEED = 0;
  private static final double GAIN = 2;

  private final double[][] matrix;

  Projection(String name, int inputs, int outputs) {
    StreamRandom random = StreamRandom.at(SEED, "stand-in features " + name, inputs, outputs);
    matrix = new double[outputs][inputs];
    double most = GAIN * Math.sqrt(3.0 / inputs);
    for (double[] row : matrix) {
      for (int i = 0; i < inputs; i++) {
        row[i] = most * (2 * random.nextDouble() - 1);
      }
    }
  }

  /** Returns the projection, each number between -1 and 1. */
  float[] apply(double[] values) {
    float[] projected = new float[matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += matrix[row][i] * values[i];
      }
      projected[row] = (float) StrictMath.tanh(sum);
    }
    return projected;
  }
}
