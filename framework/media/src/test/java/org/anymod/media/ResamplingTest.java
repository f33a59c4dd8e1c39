package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected bytes were made with Pillow 12.3 from the picture of {@link #pattern}. */
class ResamplingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BICUBIC_8BIT  | 5 | 6 | 3 | 4 | 36 105 128 111 123 169 118 118 156 99 193 133",
        "BILINEAR_8BIT | 5 | 6 | 3 | 4 | 42 102 127 113 125 162 123 122 153 110 182 133",
        "BICUBIC_8BIT  | 6 | 5 | 6 | 3 | 13 74 135 79 171 94 152 194 88 104 69 204 169 166 163 93"
            + " 199 157",
        "BILINEAR_8BIT | 3 | 4 | 5 | 7 | 0 13 34 56 77 98 111 24 39 63 88 112 136 151 61 79 107 136"
            + " 165 193 211 98 119 151 185 206 152 117 122 145 181 217 234 124 55",
        "BICUBIC_8BIT  | 3 | 4 | 5 | 7 | 0 5 28 50 70 94 106 17 30 56 80 104 139 157 57 74 107 136"
            + " 165 198 215 99 119 158 203 218 149 106 122 144 186 240 247 110 27",
      })
  void givesTheBytesOfPillow(
      Resampling filter, int height, int width, int toHeight, int toWidth, String expected) {
    int[] bytes = Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(levels(filter.resize(pattern(height, width), toHeight, toWidth)))
        .containsExactly(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "BICUBIC_8BIT, 97, 64, 224, 224, 1472687884",
    "BILINEAR_8BIT, 97, 64, 224, 224, 2613627624",
    "NEAREST, 97, 64, 224, 224, 2655048696",
    "BICUBIC_8BIT, 480, 640, 224, 224, 1358291517",
    "BILINEAR_8BIT, 480, 640, 224, 224, 3363471470",
    "NEAREST, 480, 640, 224, 224, 1996202288",
    "BICUBIC_8BIT, 300, 211, 64, 96, 3346913650",
    "BILINEAR_8BIT, 300, 211, 64, 96, 3268047690",
    "NEAREST, 300, 211, 64, 96, 827619946",
  })
  void givesTheBytesOfPillowForWholePictures(
      Resampling filter, int height, int width, int toHeight, int toWidth, long checksum) {
    int[] levels = levels(filter.resize(pattern(height, width), toHeight, toWidth));
    CRC32 crc = new CRC32();
    for (int level : levels) {
      crc.update(level);
    }
    assertThat(crc.getValue()).isEqualTo(checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 224, 3375805042",
    "640, 448, 1314990475",
    "7, 3, 1533303923",
    "3, 10, 867509805"
  })
  void findsTheNearestPixelAsPillowDoes(int in, int out, long checksum) {
    int[] sources = Resampling.nearestSources(in, out);
    ByteBuffer bytes = ByteBuffer.allocate(4 * out);
    Arrays.stream(sources).forEach(bytes::putInt);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    assertThat(crc.getValue()).isEqualTo(checksum);
  }

  @Test
  void nearestPixelFollowsTheRunningSumWhereTheClosedFormDiffers() {
    int[] sources = Resampling.nearestSources(1024, 224);
    assertThat((int) (3.5 * 1024 / 224)).isEqualTo(16);
    assertThat(sources[3]).isEqualTo(15);
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void keepsPicturesOfTheSameSize(Resampling filter) {
    Value.Raster picture = pattern(9, 11);
    assertThat(filter.resize(picture, 9, 11).data()).containsExactly(picture.data());
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void keepsConstantPicturesConstant(Resampling filter) {
    float[] data = new float[3 * 7 * 5];
    Arrays.fill(data, 51 / 255f);
    for (float value : filter.resize(new Value.Raster(3, 7, 5, data), 13, 4).data()) {
      assertThat(value).isEqualTo(51 / 255f);
    }
  }

  @ParameterizedTest
  @CsvSource({"BICUBIC, BICUBIC_8BIT", "BILINEAR, BILINEAR_8BIT"})
  void floatsAndBytesDifferByRoundingAndClippingOnly(Resampling floats, Resampling bytes) {
    Value.Raster picture = pattern(40, 30);
    float[] a = floats.resize(picture, 17, 52).data();
    float[] b = bytes.resize(picture, 17, 52).data();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isBetween(b[i] - 0.03f, b[i] + 0.03f);
    }
  }

  @Test
  void halvingAveragesWithTheTriangle() {
    // Triangle of reach 2 at centre 1: weights 0.25 .. of pixels at distance 0.5 and 1.5, cut at
    // the border.
    Value.Raster row = new Value.Raster(1, 1, 4, new float[] {0, 1, 0, 0});
    float[] half = Resampling.BILINEAR.resize(row, 1, 2).data();
    assertThat(half[0]).isEqualTo(0.75f / 1.75f);
    assertThat(half[1]).isEqualTo(0.25f / 1.75f);
  }

  @Test
  void staysInTheRangeOfTheSource() {
    Value.Raster step = new Value.Raster(1, 1, 4, new float[] {0.25f, 0.25f, 0.75f, 0.75f});
    for (float value : Resampling.BICUBIC.resize(step, 1, 16).data()) {
      assertThat(value).isBetween(0.25f, 0.75f);
    }
  }

  @Test
  void enlargesClassMapsWithoutMixing() {
    Value.ClassMap map = new Value.ClassMap(2, 2, new int[] {5, 9, 0, 7});
    assertThat(Resampling.resize(map, 4, 4).data())
        .containsExactly(5, 5, 9, 9, 5, 5, 9, 9, 0, 0, 7, 7, 0, 0, 7, 7);
  }

  private static Value.Raster pattern(int height, int width) {
    float[] data = new float[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[y * width + x] = (x * 37 + y * 61 + x * y * 13) % 256 / 255f;
      }
    }
    return new Value.Raster(1, height, width, data);
  }

  private static int[] levels(Value.Raster raster) {
    int[] levels = new int[raster.data().length];
    Arrays.setAll(levels, i -> Math.round(raster.data()[i] * 255));
    return levels;
  }
}
