package org.anymod.media.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class EdgeFinderTest {
  private static final int SIDE = 32;
  private static final EdgeRules SHARP = new EdgeRules(0, 50, 100);
  private static final EdgeRules SMOOTH = new EdgeRules(1, 50, 100);

  @Test
  void findsNothingInAFlatPicture() {
    assertThat(edges(SMOOTH, (y, x) -> 90).data()).containsOnly(0);
  }

  @Test
  void findsAThinLineAtAVerticalStep() {
    for (EdgeRules config : new EdgeRules[] {SHARP, SMOOTH}) {
      Value.Raster edges = edges(config, (y, x) -> x < 16 ? 20 : 200);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          assertThat(edges.at(0, y, x)).as("row %d, column %d", y, x).isEqualTo(x == 15 ? 1 : 0);
        }
      }
    }
  }

  @Test
  void findsAThinLineAtAHorizontalStepOfEitherSign() {
    for (int sign : new int[] {1, -1}) {
      Value.Raster edges = edges(SMOOTH, (y, x) -> 110 + sign * (y < 16 ? -80 : 80));
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          assertThat(edges.at(0, y, x)).as("row %d, column %d", y, x).isEqualTo(y == 15 ? 1 : 0);
        }
      }
    }
  }

  @Test
  void followsDiagonalsWithoutGaps() {
    for (int sign : new int[] {1, -1}) {
      Value.Raster edges = edges(SMOOTH, (y, x) -> (sign > 0 ? x : SIDE - 1 - x) > y ? 220 : 30);
      for (int y = 4; y < SIDE - 4; y++) {
        int count = 0;
        for (int x = 0; x < SIDE; x++) {
          boolean onLine = Math.abs((sign > 0 ? x : SIDE - 1 - x) - y) <= 1;
          assertThat(edges.at(0, y, x)).isLessThanOrEqualTo(onLine ? 1 : 0);
          count += (int) edges.at(0, y, x);
        }
        assertThat(count).as("row %d", y).isBetween(1, 2);
      }
    }
  }

  @Test
  void weakEdgesCountOnlyWhereAStrongOneJoinsThem() {
    // Steps of 18 and 40 levels give Sobel gradients of 72 and 160 without smoothing.
    Value.Raster weak = edges(SHARP, (y, x) -> x < 16 ? 100 : 118);
    assertThat(weak.data()).containsOnly(0);
    Value.Raster joined = edges(SHARP, (y, x) -> x < 16 ? 100 : y < 8 ? 140 : 118);
    assertThat(joined.at(0, 30, 15)).isEqualTo(1);
    Value.Raster faint = edges(SHARP, (y, x) -> x < 16 ? 100 : 110);
    assertThat(faint.data()).containsOnly(0);
  }

  @Test
  void smoothingHidesNoise() {
    Random random = new Random(1);
    int[] noise = random.ints((long) SIDE * SIDE, -25, 26).toArray();
    IntBinaryOperator picture = (y, x) -> 120 + noise[y * SIDE + x];
    assertThat(count(edges(new EdgeRules(3, 50, 100), picture))).isZero();
    assertThat(count(edges(SHARP, picture))).isGreaterThan(50);
  }

  @Test
  void outlinesASquareOnce() {
    Value.Raster edges = edges(SMOOTH, (y, x) -> y >= 8 && y < 24 && x >= 8 && x < 24 ? 230 : 20);
    assertThat(count(edges)).isBetween(52, 68);
    assertThat(edges.at(0, 16, 16)).isZero();
  }

  @Test
  void worksOnTinyPicturesAndRefusesGrayOnes() {
    EdgeFinder labeler = new EdgeFinder("rgb", SMOOTH);
    assertThat(labeler.from()).containsExactly("rgb");
    Value.Raster tiny =
        (Value.Raster) labeler.label(Map.of("rgb", new Value.Raster(3, 1, 1, new float[3])));
    assertThat(tiny.data()).containsExactly(0);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", new Value.Raster(1, 1, 1, new float[1]))))
        .hasMessageContaining("must have 3");
  }

  private static int count(Value.Raster edges) {
    int count = 0;
    for (float value : edges.data()) {
      count += (int) value;
    }
    return count;
  }

  private static Value.Raster edges(EdgeRules config, IntBinaryOperator gray) {
    float[] data = new float[3 * SIDE * SIDE];
    for (int i = 0; i < data.length; i++) {
      int place = i % (SIDE * SIDE);
      data[i] = gray.applyAsInt(place / SIDE, place % SIDE) / 255f;
    }
    return (Value.Raster)
        new EdgeFinder("rgb", config).label(Map.of("rgb", new Value.Raster(3, SIDE, SIDE, data)));
  }
}
