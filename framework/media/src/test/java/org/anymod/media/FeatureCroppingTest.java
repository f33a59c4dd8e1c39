package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class FeatureCroppingTest {
  /** A map whose numbers are the positions of its places in the picture, in parts of it. */
  private static Value.Raster positions(int height, int width) {
    float[] data = new float[2 * height * width];
    for (int i = 0; i < height * width; i++) {
      data[i] = (float) ((i / width + 0.5) / height);
      data[height * width + i] = (float) ((i % width + 0.5) / width);
    }
    return new Value.Raster(2, height, width, data);
  }

  @Test
  void theWholePictureStaysAsItIs() {
    for (int side : new int[] {1, 3, 7, 14, 16}) {
      Value.Raster map = positions(side, side);
      Value.Raster same = FeatureCropping.crop(map, new Crop(0, 0, 300, 200, false, 300, 200));
      assertThat(same.data()).containsExactly(map.data());
    }
  }

  @Test
  void aRegionIsReadWhereItLies() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      int side = 4 + random.nextInt(12);
      int height = 40 + random.nextInt(60);
      int width = 40 + random.nextInt(60);
      int top = random.nextInt(20);
      int left = random.nextInt(20);
      int rows = 10 + random.nextInt(height - top - 9);
      int columns = 10 + random.nextInt(width - left - 9);
      boolean flip = random.nextBoolean();
      Value.Raster cut =
          FeatureCropping.crop(
              positions(side, side), new Crop(top, left, rows, columns, flip, height, width));
      assertThat(cut.height()).isEqualTo(side);
      assertThat(cut.width()).isEqualTo(side);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int source = flip ? side - 1 - x : x;
          double down = (top + (y + 0.5) * rows / side) / height;
          double across = (left + (source + 0.5) * columns / side) / width;
          assertThat((double) cut.at(0, y, x)).isCloseTo(inner(down, side), within(1e-5));
          assertThat((double) cut.at(1, y, x)).isCloseTo(inner(across, side), within(1e-5));
        }
      }
    }
  }

  /** Beyond the centre of the outermost place its number goes on. */
  private static double inner(double part, int side) {
    return Math.min(1 - 0.5 / side, Math.max(0.5 / side, part));
  }

  @Test
  void mirrorsLeftToRight() {
    Value.Raster map = new Value.Raster(1, 2, 2, new float[] {1, 2, 3, 4});
    Value.Raster mirrored = FeatureCropping.crop(map, new Crop(0, 0, 9, 9, true, 9, 9));
    assertThat(mirrored.data()).containsExactly(2, 1, 4, 3);
  }

  @Test
  void isZeroOutsideThePicture() {
    Value.Raster map = new Value.Raster(1, 2, 2, new float[] {1, 2, 3, 4});
    Value.Raster shifted = FeatureCropping.crop(map, new Crop(-4, 4, 8, 8, false, 8, 8));
    assertThat(shifted.data()).containsExactly(0, 0, 2, 0);
  }

  @Test
  void takesTheShorterSideOfALongMap() {
    Value.Raster map = positions(4, 8);
    Value.Raster middle = FeatureCropping.crop(map, Crop.centerSquare(64, 128));
    assertThat(middle.height()).isEqualTo(4);
    assertThat(middle.width()).isEqualTo(4);
    for (int x = 0; x < 4; x++) {
      assertThat(middle.at(1, 2, x)).isEqualTo(map.at(1, 2, 2 + x));
    }
  }
}
