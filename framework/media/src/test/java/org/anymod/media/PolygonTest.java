package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PolygonTest {
  private static final Polygon SQUARE = polygon(2, 1, 6, 1, 6, 4, 2, 4);

  @Test
  void fillsThePixelsWhoseCentreIsInside() {
    BinaryMask mask = BinaryMask.of(SQUARE, 8, 8);
    assertThat(mask.count()).isEqualTo(12);
    assertThat(mask.at(1, 2)).isTrue();
    assertThat(mask.at(3, 5)).isTrue();
    assertThat(mask.at(4, 5)).isFalse();
    assertThat(mask.at(3, 6)).isFalse();
  }

  @Test
  void fillingAgreesWithContainment() {
    Random random = new Random(5);
    for (int round = 0; round < 100; round++) {
      Polygon polygon = random(random, 12);
      BinaryMask mask = BinaryMask.of(polygon, 12, 12);
      BinaryMask byPoint = BinaryMask.empty(12, 12);
      float[] data = byPoint.toRaster().data();
      for (int i = 0; i < data.length; i++) {
        data[i] = polygon.contains(i % 12 + 0.5, i / 12 + 0.5) ? 1 : 0;
      }
      byPoint = BinaryMask.of(new Value.Raster(1, 12, 12, data), 0.5);
      if (byPoint.count() > 0) {
        assertThat(mask).as("round %d: %s", round, polygon).isEqualTo(byPoint);
      }
    }
  }

  @Test
  void clippingKeepsWhatIsInTheBox() {
    Random random = new Random(6);
    Box box = new Box(3, 2, 9, 10);
    for (int round = 0; round < 100; round++) {
      Polygon polygon = random(random, 12);
      List<Point> clipped = polygon.clip(box);
      for (int i = 0; i < 144; i++) {
        double x = i % 12 + 0.5;
        double y = i / 12 + 0.5;
        boolean inBox = x > 3 && x < 9 && y > 2 && y < 10;
        boolean inside = !clipped.isEmpty() && new Polygon(clipped).contains(x, y);
        assertThat(inside)
            .as("%s at %s, %s", polygon, x, y)
            .isEqualTo(inBox && polygon.contains(x, y));
      }
    }
    assertThat(SQUARE.clip(new Box(7, 0, 9, 9))).isEmpty();
  }

  @Test
  void countsTheOutlineAsInside() {
    assertThat(SQUARE.contains(2, 2)).isTrue();
    assertThat(SQUARE.contains(6, 4)).isTrue();
    assertThat(SQUARE.contains(6.001, 4)).isFalse();
    assertThat(SQUARE.area()).isEqualTo(12);
    assertThat(SQUARE.bounds()).isEqualTo(new Box(2, 1, 6, 4));
  }

  @Test
  void neverLosesAPolygonThatIsTooThinToHoldACentre() {
    assertThat(BinaryMask.of(polygon(1.1, 1.1), 4, 4).count()).isEqualTo(1);
    assertThat(BinaryMask.of(polygon(0.1, 1.2, 3.9, 1.2, 3.9, 1.3), 4, 4).count()).isEqualTo(4);
    assertThat(BinaryMask.of(polygon(-5, -5, -4, -5, -4, -4), 4, 4).count()).isZero();
  }

  @Test
  void paintsSmallInstancesOverLargeOnes() {
    Polygon all = polygon(0, 0, 4, 0, 4, 4, 0, 4);
    Polygon part = polygon(1, 1, 3, 1, 3, 2, 1, 2);
    assertThat(InstanceMaps.of(List.of(part, all), 4, 4).data())
        .containsExactly(2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    assertThat(InstanceMaps.of(List.of(), 1, 2).data()).containsExactly(0, 0);
  }

  @Test
  void placesMasksAndMeasuresTheirOverlap() {
    BinaryMask square = BinaryMask.of(polygon(0, 0, 2, 0, 2, 2, 0, 2), 2, 2);
    BinaryMask corner = square.placed(4, 4, -1, -1);
    assertThat(corner.count()).isEqualTo(1);
    assertThat(corner.at(0, 0)).isTrue();
    assertThat(square.placed(4, 4, 0, 0).iou(corner)).isEqualTo(0.25);
    assertThat(BinaryMask.empty(2, 2).iou(BinaryMask.empty(2, 2))).isEqualTo(1);
    assertThat(BinaryMask.of(square.toRaster(), 0.5)).isEqualTo(square);
    assertThatThrownBy(() -> square.iou(corner)).hasMessageContaining("must have the same size");
  }

  @Test
  void boxesFollowCrops() {
    Crop crop = new Crop(10, 20, 40, 50, false, 100, 100);
    Crop flipped = new Crop(10, 20, 40, 50, true, 100, 100);
    Box box = new Box(30, 20, 45, 30);
    assertThat(box.into(crop, 100)).isEqualTo(new Box(20, 25, 50, 50));
    assertThat(box.into(flipped, 100)).isEqualTo(new Box(50, 25, 80, 50));
    assertThat(new Box(-5, 3, 5, 12).within(10)).isEqualTo(new Box(0, 3, 5, 10));
    assertThat(box.scaled(2, 3)).isEqualTo(new Box(60, 60, 90, 90));
  }

  @Test
  void boxesOverlap() {
    Box box = new Box(0, 0, 2, 2);
    assertThat(box.iou(new Box(1, 0, 3, 2))).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(box.iou(new Box(2, 0, 3, 2))).isZero();
    assertThat(box.iou(box)).isEqualTo(1);
    assertThat(new Box(1, 1, 1, 1).iou(new Box(1, 1, 1, 1))).isEqualTo(1);
    assertThatThrownBy(() -> new Box(1, 0, 0, 1)).hasMessageContaining("left <= right");
  }

  private static Polygon random(Random random, int size) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 3 + random.nextInt(5); i++) {
      points.add(new Point(random.nextDouble() * size, random.nextDouble() * size));
    }
    return new Polygon(points);
  }

  private static Polygon polygon(double... numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Point(numbers[i], numbers[i + 1]));
    }
    return new Polygon(points);
  }
}
