package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignedPointsTest {

  @Test
  void forgetsTurnScaleAndMove() {
    Random random = new Random(4);
    double[][] points = new double[7][3];
    double[][] other = new double[7][];
    double c = Math.cos(2.5);
    double s = Math.sin(2.5);
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < 3; k++) {
        points[i][k] = random.nextGaussian();
      }
      double[] p = points[i];
      other[i] =
          new double[] {3 * (c * p[0] - s * p[2]) + 1, 3 * p[1] - 2, 3 * (s * p[0] + c * p[2])};
    }
    assertThat(AlignedPoints.meanDistance(points, other)).isCloseTo(0, within(1e-9));
    double[][] mirrored = new double[7][];
    for (int i = 0; i < points.length; i++) {
      mirrored[i] = new double[] {-points[i][0], points[i][1], points[i][2]};
    }
    assertThat(AlignedPoints.meanDistance(points, mirrored)).isGreaterThan(0.1);
  }

  @Test
  void measuresWhatIsLeft() {
    // A cross with one arm of 3 instead of 1. After centring, both lie in the plane; by symmetry
    // nothing is turned, and the scale is that of least squares.
    double[][] cross = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}};
    double[][] wide = {{3, 0, 0}, {-3, 0, 0}, {0, 1, 0}, {0, -1, 0}};
    // Scale (3 + 3 + 1 + 1) / 4 = 2: every point is 1 away.
    assertThat(AlignedPoints.meanDistance(cross, wide)).isCloseTo(1, within(1e-9));
    double[][] point = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    assertThat(AlignedPoints.meanDistance(point, cross)).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> AlignedPoints.meanDistance(cross, new double[3][3]))
        .hasMessage("4 points for 3, must be as many and at least one");
  }
}
