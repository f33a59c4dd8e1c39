package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class ImageStatisticsTest {
  @Test
  void aGrayPictureHasOnlyBrightness() {
    Map<String, Double> statistics = ImageStatistics.of(picture(0.5f, 0.5f, 0.5f));
    assertThat(statistics.keySet())
        .containsExactly("colorfulness", "brightness", "contrast", "saturation", "entropy");
    assertThat(statistics.get("brightness")).isCloseTo(127.5, within(1e-4));
    assertThat(statistics.get("colorfulness")).isCloseTo(0, within(1e-4));
    assertThat(statistics.get("contrast")).isCloseTo(0, within(1e-4));
    assertThat(statistics.get("saturation")).isZero();
    assertThat(statistics.get("entropy")).isZero();
  }

  @Test
  void blackAndWhiteHaveTheLargestContrastAndOneBit() {
    Map<String, Double> statistics =
        ImageStatistics.of(new Value.Raster(3, 1, 2, new float[] {0, 1, 0, 1, 0, 1}));
    assertThat(statistics.get("brightness")).isCloseTo(127.5, within(1e-6));
    assertThat(statistics.get("contrast")).isCloseTo(127.5, within(1e-6));
    assertThat(statistics.get("entropy")).isCloseTo(1, within(1e-9));
    assertThat(statistics.get("saturation")).isZero();
  }

  @Test
  void pureColoursAreSaturatedAndColourful() {
    Map<String, Double> statistics = ImageStatistics.of(picture(1, 0, 0));
    assertThat(statistics.get("saturation")).isEqualTo(255);
    // rg = 255 and yb = 127.5 everywhere: 0.3 * sqrt(255^2 + 127.5^2).
    assertThat(statistics.get("colorfulness")).isCloseTo(85.5296, within(1e-3));
    assertThat(statistics.get("brightness")).isCloseTo(0.299 * 255, within(1e-6));
    assertThat(ImageStatistics.of(picture(1, 0.5f, 0.5f)).get("saturation")).isEqualTo(127.5);
  }

  @Test
  void spreadOfColoursCounts() {
    // Half red, half blue: rg = 255 or 0, yb = 127.5 or -255.
    Map<String, Double> statistics =
        ImageStatistics.of(new Value.Raster(3, 1, 2, new float[] {1, 0, 0, 0, 0, 1}));
    double spread = Math.sqrt(127.5 * 127.5 + 191.25 * 191.25);
    double mean = Math.sqrt(127.5 * 127.5 + 63.75 * 63.75);
    assertThat(statistics.get("colorfulness")).isCloseTo(spread + 0.3 * mean, within(1e-6));
  }

  @Test
  void noiseStaysInRange() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      float[] data = new float[3 * 32 * 32];
      for (int i = 0; i < data.length; i++) {
        data[i] = random.nextFloat();
      }
      Map<String, Double> statistics = ImageStatistics.of(new Value.Raster(3, 32, 32, data));
      assertThat(statistics.get("entropy")).isBetween(5.0, 8.0);
      assertThat(statistics.get("contrast")).isBetween(0.0, 127.5);
      assertThat(statistics.get("brightness")).isBetween(100.0, 155.0);
    }
  }

  @Test
  void refusesOtherThanThreeChannels() {
    assertThatThrownBy(() -> ImageStatistics.of(new Value.Raster(1, 1, 1, new float[1])))
        .hasMessage("the picture has 1 channels, must have 3");
  }

  private static Value.Raster picture(float red, float green, float blue) {
    return new Value.Raster(3, 1, 2, new float[] {red, red, green, green, blue, blue});
  }
}
