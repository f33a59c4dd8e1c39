package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class RenderingsTest {

  @Test
  void showsRastersAsTheyAre() {
    Value.Raster color = new Value.Raster(3, 1, 2, new float[] {1, 0, 0, 2, 0.2f, -1});
    BufferedImage image = Renderings.picture(color);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    assertThat(rgb(image, 0, 0)).isEqualTo(0xFF0033);
    assertThat(rgb(image, 1, 0)).isEqualTo(0x00FF00);
    Value.Raster gray = new Value.Raster(1, 2, 1, new float[] {0.2f, 1});
    assertThat(rgb(Renderings.picture(gray), 0, 0)).isEqualTo(0x333333);
    assertThat(rgb(Renderings.picture(gray), 0, 1)).isEqualTo(0xFFFFFF);
    Value.Raster two = new Value.Raster(2, 1, 1, new float[2]);
    assertThatThrownBy(() -> Renderings.picture(two)).hasMessageContaining("2 channels");
  }

  @Test
  void stretchesHeatToTheRangeOfThePicture() {
    BufferedImage a = Renderings.heat(new Value.Raster(1, 1, 3, new float[] {0.4f, 0.45f, 0.5f}));
    assertThat(rgb(a, 0, 0)).isEqualTo(ColorMaps.turbo(0));
    assertThat(rgb(a, 2, 0)).isEqualTo(ColorMaps.turbo(1));
    BufferedImage flat = Renderings.heat(new Value.Raster(1, 1, 2, new float[] {0.7f, 0.7f}));
    assertThat(rgb(flat, 0, 0)).isEqualTo(ColorMaps.turbo(0));
  }

  @Test
  void turboRunsFromBlueOverGreenToRed() {
    // Published table of the map: 0 is (48, 18, 59), 128 is (164, 252, 60), 255 is (122, 4, 3).
    assertNear(ColorMaps.turbo(0), 48, 18, 59);
    assertNear(ColorMaps.turbo(128 / 255.0), 164, 252, 60);
    assertNear(ColorMaps.turbo(1), 122, 4, 3);
    assertThat(ColorMaps.turbo(-3)).isEqualTo(ColorMaps.turbo(0));
    assertThat(ColorMaps.turbo(Double.NaN)).isEqualTo(ColorMaps.turbo(0));
  }

  @Test
  void coloursOfClassesDiffer() {
    for (int a = 0; a < 24; a++) {
      for (int b = 0; b < a; b++) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          distance +=
              Math.abs(
                  (ColorMaps.classColor(a) >> shift & 255)
                      - (ColorMaps.classColor(b) >> shift & 255));
        }
        assertThat(distance).as("classes %d and %d", a, b).isGreaterThan(30);
      }
    }
  }

  @Test
  void showsClassesAndTheirLegendInTheSameColours() {
    BufferedImage map = Renderings.classes(new Value.ClassMap(1, 2, new int[] {0, 1}));
    BufferedImage legend = Renderings.legend(List.of("sky", "ground"));
    assertThat(rgb(map, 0, 0)).isEqualTo(rgb(legend, 8, 8));
    assertThat(rgb(map, 1, 0)).isEqualTo(rgb(legend, 8, 26));
    assertThat(dark(legend)).isGreaterThan(40);
  }

  @Test
  void wrapsTextToTheCard() {
    BufferedImage narrow = Renderings.card("a large red sphere on the left", 60);
    BufferedImage wide = Renderings.card("a large red sphere on the left", 400);
    assertThat(narrow.getWidth()).isEqualTo(60);
    assertThat(narrow.getHeight()).isGreaterThan(wide.getHeight());
    assertThat(dark(narrow)).isEqualTo(dark(wide));
    assertThat(dark(Renderings.card("", 60))).isZero();
    assertThat(Renderings.card("x".repeat(100_000), 24).getHeight()).isLessThan(2000);
    assertThatThrownBy(() -> Renderings.card("a", 3)).hasMessageContaining("at least 24");
  }

  @Test
  void showsColoursAsStripes() {
    BufferedImage image = Renderings.stripes(List.of(0xFF0000, 0x0000FF), 25);
    assertThat(image.getWidth()).isEqualTo(50);
    assertThat(image.getHeight()).isEqualTo(50);
    assertThat(rgb(image, 24, 49)).isEqualTo(0xFF0000);
    assertThat(rgb(image, 25, 0)).isEqualTo(0x0000FF);
    assertThat(rgb(Renderings.stripes(List.of(), 25), 3, 3)).isEqualTo(0xFFFFFF);
  }

  private static void assertNear(int color, int red, int green, int blue) {
    assertThat(color >> 16 & 255).isBetween(red - 25, red + 25);
    assertThat(color >> 8 & 255).isBetween(green - 25, green + 25);
    assertThat(color & 255).isBetween(blue - 35, blue + 35);
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  private static int dark(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += rgb(image, x, y) == 0x202020 ? 1 : 0;
      }
    }
    return count;
  }
}
