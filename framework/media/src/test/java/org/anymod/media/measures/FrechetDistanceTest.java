package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

  @Test
  void isTheFormulaWhereCovariancesAreDiagonal() {
    // Variances of (-1, 1) and (-3, 3) are 2 and 18, means 0 and 4; the second axis is the same.
    List<float[]> a = List.of(new float[] {-1, 0}, new float[] {1, 0});
    List<float[]> b = List.of(new float[] {1, 0}, new float[] {7, 0});
    double expected = 16 + 2 + 18 - 2 * Math.sqrt(2 * 18);
    assertThat(FrechetDistance.of(a, b)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void comparesCovariancesThatDoNotCommute() {
    // Covariances diag(4, 1) / 1 and, turned by 45 degrees, the same: the root of the product is
    // that of a 2 x 2 matrix, whose trace is sqrt(tr + 2 sqrt(det)).
    List<float[]> a = cross(4, 1, 0);
    List<float[]> b = cross(4, 1, Math.PI / 4);
    double[][] p = {{4 * 2.5, 4 * 1.5}, {1.5, 2.5}};
    double trace = p[0][0] + p[1][1];
    double determinant = p[0][0] * p[1][1] - p[0][1] * p[1][0];
    double root = Math.sqrt(trace + 2 * Math.sqrt(determinant));
    assertThat(FrechetDistance.of(a, b)).isCloseTo(10 - 2 * root, within(1e-5));
    assertThat(FrechetDistance.of(b, a)).isCloseTo(10 - 2 * root, within(1e-5));
  }

  /** Four points with variances of u and v along two axes that are turned. */
  private static List<float[]> cross(double u, double v, double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    List<float[]> points = new ArrayList<>();
    for (int side = -1; side <= 1; side += 2) {
      double x = side * Math.sqrt(1.5 * u);
      double y = side * Math.sqrt(1.5 * v);
      points.add(new float[] {(float) (x * c), (float) (x * s)});
      points.add(new float[] {(float) (-y * s), (float) (y * c)});
    }
    return points;
  }

  @Test
  void isNothingForTheSameSetAndAllowsFewVectors() {
    Random random = new Random(6);
    List<float[]> few = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      float[] vector = new float[12];
      for (int k = 0; k < vector.length; k++) {
        vector[k] = (float) random.nextGaussian();
      }
      few.add(vector);
    }
    assertThat(FrechetDistance.of(few, few)).isCloseTo(0, within(1e-6));
    assertThatThrownBy(() -> FrechetDistance.of(few, few.subList(0, 1)))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> FrechetDistance.of(few, List.of(new float[3], new float[3])))
        .hasMessage("a vector has 3 numbers, must have 12");
  }
}
