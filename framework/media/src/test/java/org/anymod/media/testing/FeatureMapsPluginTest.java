package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalInt;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/** What plugins with dense features of a network have in common; each says its own numbers. */
public abstract class FeatureMapsPluginTest extends FeaturesPluginTest {
  private static Value.Raster map(int height, int width, long seed) {
    return new Value.Raster(WIDTH, height, width, numbers(WIDTH * height * width, seed));
  }

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

  @Override
  final String source() {
    return published().source();
  }

  @Override
  final List<String> defaults() {
    return List.of("width=" + published().width(), "network=");
  }

  @Override
  final Value random(long seed) {
    return map(3, 3, seed);
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
    assertThat(modality().value().violation(wrong)).contains("has 2 channels, must have 20");
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
}
