package org.anymod.media.testing;

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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
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

/** What plugins with dense features of a network have in common; each says its own numbers. */
public abstract class FeatureMapsPluginTest {
  private static final int WIDTH = 12;

  private static Value.Raster map(int height, int width, long seed) {
    Random random = new Random(seed);
    float[] data = new float[WIDTH * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (3 * random.nextGaussian());
    }
    return new Value.Raster(WIDTH, height, width, data);
  }

  /** Makes the plugin's modality with features of a width, computed by a network if it is there. */
  protected abstract Modality modality(int width, Optional<Path> network);

  /** Returns the class of the plugin's settings. */
  protected abstract Class<?> settings();

  /** Returns the numbers of the published model. */
  protected abstract Published published();

  /**
   * Numbers of the published model.
   *
   * @param source folder of the files
   * @param patch side of a patch in pixels
   * @param id id of the key at 224 pixels
   * @param width numbers in a feature
   */
  public record Published(String source, int patch, int id, int width) {}

  private Modality modality() {
    return modality(WIDTH, Optional.empty());
  }

  @Test
  void declaresTheGridOfThePublishedModel() {
    String name = "tok_" + published().source();
    int patch = published().patch();
    Declaration declaration =
        modality().declare(new DeclarationRequest(name + "@224", 224, patch, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(224 / patch, 224 / patch, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.id()).isEqualTo(published().id());
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(((TokenizerFactory) modality().representation()).family()).isEqualTo("vit-vqvae");
    assertThatThrownBy(
            () ->
                modality()
                    .declare(
                        new DeclarationRequest(name + "@225", 225, patch, OptionalInt.empty())))
        .hasMessageContaining("225 is not a multiple");
  }

  @Test
  void mapsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Raster map = map(1 + seed % 5, 1 + seed % 7, seed);
      Value back = modality().codec().decode(modality().codec().encode(map));
      assertThat(((Value.Raster) back).data()).as("seed %d", seed).containsExactly(map.data());
      assertThat(modality().value().violation(back)).isEmpty();
    }
    assertThat(modality().codec().extensions()).containsExactly("npy");
    Value.Raster wrong = new Value.Raster(2, 1, 1, new float[2]);
    assertThat(modality().value().violation(wrong)).contains("has 2 channels, must have 12");
  }

  @Test
  void cropsKeepTheirPlaceAndTheSideOfTheMap() {
    Value.Raster map = map(6, 6, 1);
    Value.Raster quarter =
        (Value.Raster) modality().crop(map, new Crop(0, 30, 30, 30, false, 60, 60), 224);
    assertThat(quarter.height()).isEqualTo(6);
    assertThat(quarter.width()).isEqualTo(6);
    assertThat(modality().value().violation(quarter)).isEmpty();
    // Every second place of a quarter lies on the line between two places of the map.
    float between = 0.75f * map.at(0, 0, 5) + 0.25f * map.at(0, 0, 4);
    assertThat(quarter.at(0, 0, 4)).isCloseTo(between, within(1e-5f));
    Value.Raster mirrored =
        (Value.Raster) modality().crop(map, new Crop(0, 0, 60, 60, true, 60, 60), 224);
    assertThat(mirrored.at(3, 2, 0)).isEqualTo(map.at(3, 2, 5));
  }

  @Test
  void showsAPixelForEachPlace() {
    BufferedImage image = ((Rendering.Picture) modality().renderer().render(map(4, 5, 2))).image();
    assertThat(image.getHeight()).isEqualTo(4);
    assertThat(image.getWidth()).isEqualTo(5);
    assertThat(image.getRGB(0, 0)).isNotEqualTo(image.getRGB(4, 3));
  }

  @Test
  void measuresTheAngleOfFeatures() {
    Metric.Accumulator sum = modality().metric().start();
    sum.add(map(3, 3, 1), map(3, 3, 1));
    assertThat(sum.error()).isLessThan(1e-9);
    sum.add(map(3, 3, 2), map(3, 3, 1));
    assertThat(sum.error()).isBetween(0.1, 1.0);
    assertThat(sum.figures()).containsKeys("cosine", "rmse");
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(modality().labelers()).isEmpty();
    Path missing = Path.of("no-such-network.pt");
    Labeler labeler = modality(WIDTH, Optional.of(missing)).labelers().get(0);
    assertThat(labeler.from()).isEqualTo(List.of("rgb"));
    assertThat(labeler.onCrop()).isTrue();
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(settings().getAnnotation(ConfigSection.class).value())
        .isEqualTo(published().source());
    assertThat(settings().getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("width=" + published().width(), "network=");
    assertThatThrownBy(() -> modality(0, Optional.empty()))
        .hasMessage("width is 0, must be 1 to 65536");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = settings().getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(modality().getClass().getName());
    }
    assertThat(modality().name()).isEqualTo("tok_" + published().source());
    assertThat(modality().source()).isEqualTo(published().source());
  }
}
