package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.anymod.media.measures.Eigenvectors;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PrincipalColorsTest {
  private static Value.Raster random(int channels, int height, int width, long seed) {
    Random random = new Random(seed);
    float[] data = new float[channels * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian() * (1 + i % 7);
    }
    return new Value.Raster(channels, height, width, data);
  }

  @Test
  void eigenvectorsSolveRandomAndRepeatedEquations() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(20);
      double[][] matrix = new double[size][size];
      int rank = 1 + random.nextInt(size);
      for (int r = 0; r < rank; r++) {
        double[] v = random.doubles(size, -1, 1).toArray();
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            matrix[i][j] += seed % 4 == 0 ? (i == j ? 2 : 0) : v[i] * v[j];
          }
        }
      }
      double[][] copy = new double[size][];
      for (int i = 0; i < size; i++) {
        copy[i] = matrix[i].clone();
      }
      Eigenvectors eigen = Eigenvectors.of(copy);
      for (int k = 0; k < size; k++) {
        for (int i = 0; i < size; i++) {
          double sum = 0;
          double product = 0;
          for (int j = 0; j < size; j++) {
            sum += matrix[i][j] * eigen.vector(k)[j];
            product += eigen.vector(i)[j] * eigen.vector(k)[j];
          }
          double expected = eigen.value(k) * eigen.vector(k)[i];
          assertThat(sum).as("seed %d", seed).isCloseTo(expected, within(1e-10));
          assertThat(product).isCloseTo(i == k ? 1 : 0, within(1e-12));
        }
      }
    }
  }

  @Test
  void componentsAreTheSameFromEitherMatrix() {
    // Wide features take the matrix between places, narrow ones that between channels; channels of
    // zeros do not change a component.
    Value.Raster narrow = random(4, 3, 3, 1);
    float[] padded = new float[20 * 9];
    System.arraycopy(narrow.data(), 0, padded, 0, narrow.data().length);
    double[][] a = PrincipalColors.components(narrow);
    double[][] b = PrincipalColors.components(new Value.Raster(20, 3, 3, padded));
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 9; i++) {
        assertThat(a[k][i]).isCloseTo(b[k][i], within(1e-9));
      }
    }
  }

  @Test
  void componentsFollowTheLargestSpreadAndPointToTheFarthestPlace() {
    float[] data = new float[5 * 4];
    float[] spread = {-3, 1, 1, 1};
    for (int i = 0; i < 4; i++) {
      data[2 * 4 + i] = 10 + spread[i];
      data[4 * 4 + i] = i % 2;
    }
    double[][] components = PrincipalColors.components(new Value.Raster(5, 2, 2, data));
    // The two directions of a plane: what the first leaves, the second has; the third has nothing.
    assertThat(components[0][0]).isGreaterThan(2.9);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += components[0][i] * components[1][i];
      assertThat(components[2][i]).isCloseTo(0, within(1e-7));
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
  }

  @Test
  void allColorsShareOneRange() {
    BufferedImage image = PrincipalColors.of(random(12, 5, 6, 3));
    assertThat(image.getWidth()).isEqualTo(6);
    assertThat(image.getHeight()).isEqualTo(5);
    int lowest = 255;
    int highest = 0;
    for (int i = 0; i < 30; i++) {
      int color = image.getRGB(i % 6, i / 6);
      for (int shift = 0; shift < 24; shift += 8) {
        lowest = Math.min(lowest, color >> shift & 0xFF);
        highest = Math.max(highest, color >> shift & 0xFF);
      }
    }
    assertThat(lowest).isZero();
    assertThat(highest).isEqualTo(255);
    BufferedImage flat = PrincipalColors.of(new Value.Raster(2, 2, 2, new float[8]));
    assertThat(flat.getRGB(1, 1) & 0xFFFFFF).isZero();
  }

  @Test
  void vectorsAreBarsAboveAndBelowTheAxis() {
    BufferedImage image = VectorPicture.of(new Value.Vectors(1, 4, new float[] {1, -1, 0, 0.5f}));
    assertThat(image.getWidth()).isEqualTo(64);
    int above = image.getRGB(8, 4);
    assertThat(image.getRGB(24, 60)).isNotEqualTo(above);
    assertThat(image.getRGB(24, 4)).isEqualTo(image.getRGB(40, 60)).isEqualTo(0xFFFFFFFF);
    assertThat(image.getRGB(56, 20)).isEqualTo(above);
    assertThat(image.getRGB(56, 10)).isEqualTo(0xFFFFFFFF);
    BufferedImage wide = VectorPicture.of(new Value.Vectors(1, 1280, new float[1280]));
    assertThat(wide.getWidth()).isEqualTo(256);
  }
}
