package org.anymod.plugins.imagebind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class ImagebindModalityTest {
  private static final int WIDTH = 12;
  private static final Modality FEATURES =
      new ImagebindModality(new ImagebindConfig(WIDTH, TorchScriptSettings.none()));

  private static Value.Raster map(int height, int width, long seed) {
    Random random = new Random(seed);
    float[] data = new float[WIDTH * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (3 * random.nextGaussian());
    }
    return new Value.Raster(WIDTH, height, width, data);
  }

  @Test
  void declaresTheGridOfThePublishedModel() {
    Declaration declaration =
        FEATURES.declare(new DeclarationRequest("tok_imagebind@224", 224, 14, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(16, 16, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.id()).isEqualTo(6200);
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(((TokenizerFactory) FEATURES.representation()).family()).isEqualTo("vit-vqvae");
    assertThatThrownBy(
            () ->
                FEATURES.declare(
                    new DeclarationRequest("tok_imagebind@225", 225, 14, OptionalInt.empty())))
        .hasMessageContaining("225 is not a multiple");
  }

  @Test
  void mapsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Raster map = map(1 + seed % 5, 1 + seed % 7, seed);
      Value back = FEATURES.codec().decode(FEATURES.codec().encode(map));
      assertThat(((Value.Raster) back).data()).as("seed %d", seed).containsExactly(map.data());
      assertThat(FEATURES.value().violation(back)).isEmpty();
    }
    assertThat(FEATURES.codec().extensions()).containsExactly("npy");
    Value.Raster wrong = new Value.Raster(2, 1, 1, new float[2]);
    assertThat(FEATURES.value().violation(wrong)).contains("has 2 channels, must have 12");
  }

  @Test
  void cropsKeepTheirPlaceAndTheSideOfTheMap() {
    Value.Raster map = map(6, 6, 1);
    Value.Raster quarter =
        (Value.Raster) FEATURES.crop(map, new Crop(0, 30, 30, 30, false, 60, 60), 224);
    assertThat(quarter.height()).isEqualTo(6);
    assertThat(quarter.width()).isEqualTo(6);
    assertThat(FEATURES.value().violation(quarter)).isEmpty();
    // Every second place of a quarter lies on the line between two places of the map.
    float between = 0.75f * map.at(0, 0, 5) + 0.25f * map.at(0, 0, 4);
    assertThat(quarter.at(0, 0, 4)).isCloseTo(between, within(1e-5f));
    Value.Raster mirrored =
        (Value.Raster) FEATURES.crop(map, new Crop(0, 0, 60, 60, true, 60, 60), 224);
    assertThat(mirrored.at(3, 2, 0)).isEqualTo(map.at(3, 2, 5));
  }

  @Test
  void showsAPixelForEachPlace() {
    BufferedImage image = ((Rendering.Picture) FEATURES.renderer().render(map(4, 5, 2))).image();
    assertThat(image.getHeight()).isEqualTo(4);
    assertThat(image.getWidth()).isEqualTo(5);
    assertThat(image.getRGB(0, 0)).isNotEqualTo(image.getRGB(4, 3));
  }

  @Test
  void measuresTheAngleOfFeatures() {
    Metric.Accumulator sum = FEATURES.metric().start();
    sum.add(map(3, 3, 1), map(3, 3, 1));
    assertThat(sum.error()).isLessThan(1e-9);
    sum.add(map(3, 3, 2), map(3, 3, 1));
    assertThat(sum.error()).isBetween(0.1, 1.0);
    assertThat(sum.figures()).containsKeys("cosine", "rmse");
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(FEATURES.labelers()).isEmpty();
    Path missing = Path.of("no-such-network.pt");
    Modality labelled =
        new ImagebindModality(new ImagebindConfig(WIDTH, TorchScriptSettings.of(missing)));
    Labeler labeler = labelled.labelers().get(0);
    assertThat(labeler.from()).isEqualTo(List.of("rgb"));
    assertThat(labeler.onCrop()).isTrue();
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(ImagebindConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("imagebind");
    assertThat(ImagebindConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("width=1280", "network=");
    assertThatThrownBy(() -> new ImagebindConfig(0, TorchScriptSettings.none()))
        .hasMessage("width is 0, must be 1 to 65536");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = ImagebindModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(ImagebindModality.class.getName());
    }
    assertThat(FEATURES.name()).isEqualTo("tok_imagebind");
    assertThat(FEATURES.source()).isEqualTo("imagebind");
  }
}
