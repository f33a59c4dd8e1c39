package org.anymod.media.colors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PaletteFinderTest {
  private static final PaletteFinder LABELER = new PaletteFinder("rgb");

  @Test
  void findsTheColoursOfAPictureMostFrequentFirst() {
    int[][] colors = {{200, 30, 30}, {20, 180, 40}, {30, 40, 220}};
    int[] shares = {20, 70, 10};
    Palettes palettes = label(colors, shares);
    assertThat(palettes.bySize().keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    List<double[]> three = palettes.bySize().get(3);
    assertThat(three.get(0)).containsExactly(20, 180, 40);
    assertThat(three.get(1)).containsExactly(200, 30, 30);
    assertThat(three.get(2)).containsExactly(30, 40, 220);
  }

  @Test
  void oneColourIsTheMean() {
    Palettes palettes = label(new int[][] {{0, 0, 0}, {200, 100, 40}}, new int[] {50, 50});
    assertThat(palettes.bySize().get(1).get(0)).containsExactly(100, 50, 20);
  }

  @Test
  void repeatsColoursWhereThereAreTooFew() {
    Palettes palettes = label(new int[][] {{0, 0, 0}, {255, 255, 255}}, new int[] {60, 40});
    List<double[]> four = palettes.bySize().get(4);
    assertThat(four.get(0)).containsExactly(0, 0, 0);
    assertThat(four.get(1)).containsExactly(255, 255, 255);
    assertThat(four.get(2)).containsExactly(0, 0, 0);
    assertThat(new PaletteSpec().violation(palettes.toValue())).isEmpty();
  }

  @Test
  void moreColoursStandForAPictureBetter() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      float[] data = new float[3 * 400];
      for (int i = 0; i < data.length; i++) {
        data[i] = random.nextFloat();
      }
      Value.Raster picture = new Value.Raster(3, 20, 20, data);
      Value label = LABELER.label(Map.of("rgb", picture));
      assertThat(LABELER.label(Map.of("rgb", picture))).isEqualTo(label);
      double before = Double.POSITIVE_INFINITY;
      for (List<double[]> colors : Palettes.of(label).bySize().values()) {
        double error = squaredError(picture, colors);
        assertThat(error).as("seed %d, %d colours", seed, colors.size()).isLessThan(before);
        before = error;
      }
    }
  }

  @Test
  void refusesGrayPictures() {
    assertThat(LABELER.from()).containsExactly("rgb");
    assertThatThrownBy(() -> LABELER.label(Map.of("rgb", new Value.Raster(1, 1, 1, new float[1]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 3");
  }

  private static double squaredError(Value.Raster picture, List<double[]> colors) {
    double sum = 0;
    int plane = picture.height() * picture.width();
    for (int i = 0; i < plane; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double[] color : colors) {
        double distance = 0;
        for (int c = 0; c < 3; c++) {
          double d = picture.data()[c * plane + i] * 255 - color[c];
          distance += d * d;
        }
        nearest = Math.min(nearest, distance);
      }
      sum += nearest;
    }
    return sum;
  }

  /** Labels a picture of 10 x 10 pixels in which each colour has so many pixels. */
  private static Palettes label(int[][] colors, int[] shares) {
    float[] data = new float[300];
    int place = 0;
    for (int i = 0; i < colors.length; i++) {
      for (int n = 0; n < shares[i]; n++) {
        for (int c = 0; c < 3; c++) {
          data[c * 100 + place] = colors[i][c] / 255f;
        }
        place++;
      }
    }
    return Palettes.of(LABELER.label(Map.of("rgb", new Value.Raster(3, 10, 10, data))));
  }
}
