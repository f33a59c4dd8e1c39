package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CropSettingsTest {
  private static final RandomCrops SETTINGS = RandomCrops.forTokens(0.2);

  @Test
  void readsBackWhatItWrote() throws InvalidDataException {
    List<Crop> crops = CropSettings.generate(7, 100, 150, SETTINGS, StreamRandom.at(1, "crops"));
    byte[] file = CropSettings.encode(crops);
    assertThat(Npy.read(file).toString()).isEqualTo("<i8[7, 5]");
    assertThat(CropSettings.decode(file, 100, 150)).isEqualTo(crops);
  }

  @ParameterizedTest
  @CsvSource({"100, 150, 0, 25, 100", "151, 100, 25, 0, 100", "64, 64, 0, 0, 64", "1, 9, 0, 4, 1"})
  void startsWithTheCentredSquare(int height, int width, int top, int left, int side) {
    Crop first =
        CropSettings.generate(2, height, width, SETTINGS, StreamRandom.at(2, "crops")).get(0);
    assertThat(first).isEqualTo(new Crop(top, left, side, side, false, height, width));
  }

  @Test
  void drawsCropsInsideThePictureWithinTheRanges() {
    for (int seed = 0; seed < 2000; seed++) {
      Crop crop = SETTINGS.draw(200, 300, StreamRandom.at(seed, "crops"));
      assertThat(crop.top()).as("seed %d", seed).isBetween(0, 200 - crop.height());
      assertThat(crop.left()).as("seed %d", seed).isBetween(0, 300 - crop.width());
      double share = (double) crop.height() * crop.width() / 60_000;
      assertThat(share).as("seed %d", seed).isBetween(0.195, 1.005);
      assertThat((double) crop.width() / crop.height()).as("seed %d", seed).isBetween(0.74, 1.35);
    }
  }

  @Test
  void spreadsCropsAsDescribed() {
    StreamRandom random = StreamRandom.at(3, "crops");
    RandomCrops free = new RandomCrops(0.2, 0.5, 0.75, 1.3333, 0.25);
    int draws = 20_000;
    double area = 0;
    double logRatio = 0;
    double place = 0;
    int flips = 0;
    for (int i = 0; i < draws; i++) {
      Crop crop = free.draw(1000, 1000, random);
      area += crop.height() * (double) crop.width() / 1e6;
      logRatio += Math.log((double) crop.width() / crop.height());
      place += crop.top() / (double) (1000 - crop.height());
      flips += crop.flip() ? 1 : 0;
    }
    assertThat(area / draws).isBetween(0.345, 0.355);
    assertThat(logRatio / draws).isBetween(-0.01, 0.01);
    assertThat(place / draws).isBetween(0.49, 0.51);
    assertThat(flips / (double) draws).isBetween(0.235, 0.265);
  }

  @ParameterizedTest
  @CsvSource({"10, 1000, 10, 13", "1000, 10, 13, 10"})
  void fallsBackToTheLargestCentredCropOfALongPicture(
      int height, int width, int cropHeight, int cropWidth) {
    RandomCrops nearlyWhole = new RandomCrops(0.9, 1, 0.75, 1.3333, 0);
    Crop crop = nearlyWhole.draw(height, width, StreamRandom.at(4, "crops"));
    assertThat(crop)
        .isEqualTo(
            new Crop(
                (height - cropHeight) / 2,
                (width - cropWidth) / 2,
                cropHeight,
                cropWidth,
                false,
                height,
                width));
  }

  @Test
  void isAFunctionOfTheSeed() {
    List<Crop> once = CropSettings.generate(9, 80, 60, SETTINGS, StreamRandom.at(5, "crops", 17));
    List<Crop> again = CropSettings.generate(9, 80, 60, SETTINGS, StreamRandom.at(5, "crops", 17));
    List<Crop> other = CropSettings.generate(9, 80, 60, SETTINGS, StreamRandom.at(5, "crops", 18));
    assertThat(again).isEqualTo(once).isNotEqualTo(other);
  }

  @Test
  void takesCropsThatReachOutsideThePicture() throws InvalidDataException {
    byte[] padded = rows(-5, 0, 60, 60, 1);
    assertThat(CropSettings.decode(padded, 50, 60))
        .containsExactly(new Crop(-5, 0, 60, 60, true, 50, 60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0 0 5 0", "0 0 5 -1 0", "0 0 5 5 2", "0 0 5 5 -1", "4294967296 0 5 5 0"})
  void refusesRowsThatAreNoCrops(String row) {
    String[] parts = row.split(" ");
    long[] numbers = java.util.Arrays.stream(parts).mapToLong(Long::parseLong).toArray();
    assertThatThrownBy(() -> CropSettings.decode(rows(numbers), 10, 10))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("row 0");
  }

  @Test
  void refusesOtherShapesAndTypes() {
    assertThatThrownBy(() -> decode(new NpyArray(new int[] {5}, new long[5])))
        .hasMessageContaining("<i8[5]");
    assertThatThrownBy(() -> decode(new NpyArray(new int[] {0, 5}, new long[0])))
        .hasMessageContaining("(1 to");
    assertThatThrownBy(() -> decode(new NpyArray(new int[] {1, 5}, new float[5])))
        .hasMessageContaining("<f4");
  }

  @Test
  void refusesRangesThatMakeNoSense() {
    assertThatThrownBy(() -> new RandomCrops(0, 1, 1, 1, 0))
        .hasMessageContaining("scale is 0.0 to 1.0");
    assertThatThrownBy(() -> new RandomCrops(0.5, 1.5, 1, 1, 0)).hasMessageContaining("scale");
    assertThatThrownBy(() -> new RandomCrops(0.5, 1, 2, 1, 0)).hasMessageContaining("ratio");
    assertThatThrownBy(() -> new RandomCrops(0.5, 1, 1, 1, Double.NaN))
        .hasMessageContaining("flip");
    assertThatThrownBy(() -> CropSettings.generate(0, 5, 5, SETTINGS, StreamRandom.at(0, "x")))
        .hasMessageContaining("crops is 0");
  }

  private static List<Crop> decode(NpyArray array) throws InvalidDataException {
    return CropSettings.decode(Npy.write(array), 10, 10);
  }

  private static byte[] rows(long... numbers) {
    return Npy.write(new NpyArray(new int[] {numbers.length / 5, 5}, numbers));
  }
}
