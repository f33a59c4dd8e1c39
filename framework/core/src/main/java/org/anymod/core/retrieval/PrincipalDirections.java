package org.anymod.core.retrieval;

import java.util.List;
import org.anymod.torch.StreamRandom;

/**
 * The directions in which vectors differ most, found by orthogonal iteration (Golub and Van Loan,
 * Matrix Computations, section 8.2.4) on their second moments. Plain loops in a fixed order, so
 * that the same vectors give the same directions.
 */
final class PrincipalDirections {
  private static final int ROUNDS = 6;

  /** Of each number of a vector, what it adds to each direction: (width, directions). */
  private final float[][] shares;

  private PrincipalDirections(float[][] shares) {
    this.shares = shares;
  }

  /**
   * Finds directions.
   *
   * @param sample vectors of equal width
   * @param count how many directions, less than the width
   */
  static PrincipalDirections of(List<float[]> sample, int count) {
    int width = sample.get(0).length;
    float[][] moments = moments(sample, width);
    float[][] directions = new float[count][];
    for (int d = 0; d < count; d++) {
      directions[d] = start(d, width);
    }
    orthonormalize(directions);
    for (int round = 0; round < ROUNDS; round++) {
      for (int d = 0; d < count; d++) {
        directions[d] = weightedSum(moments, directions[d]);
      }
      orthonormalize(directions);
    }
    return new PrincipalDirections(transposed(directions, width));
  }

  private static float[] start(int direction, int width) {
    StreamRandom random = StreamRandom.at(0, "direction", direction);
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[][] moments(List<float[]> sample, int width) {
    float[][] moments = new float[width][width];
    for (float[] vector : sample) {
      for (int i = 0; i < width; i++) {
        addScaled(moments[i], vector, vector[i]);
      }
    }
    return moments;
  }

  /** Gram and Schmidt's way, twice, for once leaves too much where vectors are nearly parallel. */
  private static void orthonormalize(float[][] vectors) {
    for (int v = 0; v < vectors.length; v++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < v; before++) {
          addScaled(vectors[v], vectors[before], (float) -product(vectors[v], vectors[before]));
        }
        vectors[v] = Similarity.atUnitLength(vectors[v]);
      }
    }
  }

  private static float[][] transposed(float[][] rows, int width) {
    float[][] columns = new float[width][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < width; c++) {
        columns[c][r] = rows[r][c];
      }
    }
    return columns;
  }

  private static float[] weightedSum(float[][] rows, float[] weights) {
    float[] sum = new float[rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      addScaled(sum, rows[r], weights[r]);
    }
    return sum;
  }

  private static void addScaled(float[] sum, float[] vector, float factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Measures a vector along each direction, those first in which vectors differ most. */
  float[] along(float[] vector) {
    return weightedSum(shares, vector);
  }
}
