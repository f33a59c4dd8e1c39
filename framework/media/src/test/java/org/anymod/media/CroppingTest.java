package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anymod.spi.Crop;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class CroppingTest {
  private static final Value.ClassMap MAP =
      new Value.ClassMap(3, 4, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

  @Test
  void cutsTheRegion() {
    Crop crop = new Crop(1, 2, 2, 2, false, 3, 4);
    assertThat(Cropping.crop(MAP, crop, 2).data()).containsExactly(7, 8, 11, 12);
    assertThat(Cropping.crop(raster(), crop, 2, Resampling.NEAREST).data())
        .containsExactly(7, 8, 11, 12, 107, 108, 111, 112);
  }

  @Test
  void mirrorsAfterCutting() {
    Crop crop = new Crop(1, 2, 2, 2, true, 3, 4);
    assertThat(Cropping.crop(MAP, crop, 2).data()).containsExactly(8, 7, 12, 11);
    assertThat(Cropping.crop(raster(), crop, 2, Resampling.BILINEAR).data())
        .containsExactly(8, 7, 12, 11, 108, 107, 112, 111);
  }

  @Test
  void mirrorsAfterResizing() {
    Value.ClassMap row = new Value.ClassMap(1, 3, new int[] {1, 2, 3});
    Crop plain = new Crop(0, 0, 1, 3, false, 1, 3);
    Crop flipped = new Crop(0, 0, 1, 3, true, 1, 3);
    int[] forward = Cropping.crop(row, plain, 2).data();
    assertThat(Cropping.crop(row, flipped, 2).data())
        .containsExactly(forward[1], forward[0], forward[3], forward[2]);
  }

  @Test
  void fillsWithZerosOutside() {
    Crop crop = new Crop(-1, -1, 2, 2, false, 3, 4);
    assertThat(Cropping.crop(MAP, crop, 2).data()).containsExactly(0, 0, 0, 1);
    Crop far = new Crop(50, 50, 2, 2, false, 3, 4);
    assertThat(Cropping.crop(MAP, far, 2).data()).containsOnly(0);
    Crop corner = new Crop(2, 3, 2, 2, false, 3, 4);
    assertThat(Cropping.crop(raster(), corner, 2, Resampling.BICUBIC).data())
        .containsExactly(12, 0, 0, 0, 112, 0, 0, 0);
  }

  @Test
  void leavesTheSourceAlone() {
    Value.Raster raster = raster();
    float[] before = raster.data().clone();
    Crop whole = new Crop(0, 0, 3, 4, true, 3, 4);
    for (Resampling filter : Resampling.values()) {
      Cropping.crop(raster, whole, 3, filter);
      assertThat(raster.data()).containsExactly(before);
    }
    Value.ClassMap square = new Value.ClassMap(2, 2, new int[] {1, 2, 3, 4});
    Cropping.crop(square, new Crop(0, 0, 2, 2, true, 2, 2), 2);
    assertThat(square.data()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void cutsPicturesOfAnotherResolutionAtTheSamePlace() {
    Crop crop = new Crop(2, 4, 4, 4, false, 6, 8);
    assertThat(Cropping.crop(MAP, crop, 2).data()).containsExactly(7, 8, 11, 12);
  }

  @Test
  void refusesRegionsThatDoNotFitIntoMemory() {
    Crop crop = new Crop(0, 0, 1 << 20, 1 << 20, false, 3, 4);
    assertThatThrownBy(() -> Cropping.crop(MAP, crop, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576 x 1048576");
  }

  private static Value.Raster raster() {
    float[] data = new float[24];
    for (int i = 0; i < 12; i++) {
      data[i] = i + 1;
      data[12 + i] = 101 + i;
    }
    return new Value.Raster(2, 3, 4, data);
  }
}
