package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** What plugins with embeddings of whole pictures have in common; each says its own numbers. */
public abstract class FeatureVectorsPluginTest {
  private static final int WIDTH = 20;

  /** Makes the plugin's modality with embeddings of a width, computed by a network if given. */
  protected abstract Modality modality(int width, int codes, Optional<Path> network);

  /** Returns the class of the plugin's settings. */
  protected abstract Class<?> settings();

  /** Returns the numbers of the published model. */
  protected abstract Published published();

  /**
   * Numbers of the published model.
   *
   * @param source folder of the files
   * @param id id of the key
   * @param width numbers in an embedding
   */
  public record Published(String source, int id, int width) {}

  private Modality modality(int width, Optional<Path> network) {
    return modality(width, 16, network);
  }

  private Modality modality() {
    return modality(WIDTH, Optional.empty());
  }

  private static Value.Vectors vector(long seed) {
    Random random = new Random(seed);
    float[] data = new float[WIDTH];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (3 * random.nextGaussian());
    }
    return new Value.Vectors(1, WIDTH, data);
  }

  private Kind kind(Modality modality, OptionalInt vocabulary) {
    DeclarationRequest request =
        new DeclarationRequest("tok_" + published().source(), 64, 8, vocabulary);
    return modality.declare(request).kind();
  }

  @Test
  void declaresTheCodesOfThePublishedModelAtAnyResolution() {
    Declaration declaration =
        modality()
            .declare(
                new DeclarationRequest("tok_" + published().source(), 100, 7, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(4, 4, 8192, Kind.Positions.LEARNED));
    assertThat(declaration.id()).isEqualTo(published().id());
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(((TokenizerFactory) modality().representation()).family()).isEqualTo("mlp-vqvae");
  }

  @Test
  void takesOtherNumbersOfCodes() {
    assertThat(kind(modality(WIDTH, 4, Optional.empty()), OptionalInt.of(64)))
        .isEqualTo(new Kind.TokenGrid(2, 2, 64, Kind.Positions.LEARNED));
    assertThat(kind(modality(WIDTH, 8, Optional.empty()), OptionalInt.empty()))
        .isEqualTo(new Kind.TokenGrid(8, 1, 8192, Kind.Positions.LEARNED));
  }

  @Test
  void vectorsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Vectors vector = vector(seed);
      Value back = modality().codec().decode(modality().codec().encode(vector));
      assertThat(((Value.Vectors) back).data()).as("seed %d", seed).containsExactly(vector.data());
      assertThat(modality().value().violation(back)).isEmpty();
    }
    assertThat(modality().codec().extensions()).containsExactly("npy");
  }

  @Test
  void cropsLeaveTheVectorAsItIs() {
    Value.Vectors vector = vector(1);
    assertThat(modality().crop(vector, new Crop(3, 3, 5, 5, true, 20, 20), 64)).isSameAs(vector);
  }

  @Test
  void showsAndMeasuresVectors() {
    Rendering.Picture picture = (Rendering.Picture) modality().renderer().render(vector(1));
    assertThat(picture.image().getWidth()).isEqualTo(3 * WIDTH);
    Metric.Accumulator sum = modality().metric().start();
    sum.add(vector(1), vector(1));
    assertThat(sum.error()).isLessThan(1e-9);
    sum.add(vector(2), vector(1));
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
        .containsExactly("width=" + published().width(), "codes=16", "network=");
    assertThatThrownBy(() -> modality(0, Optional.empty()))
        .hasMessage("width is 0, must be 1 to 65536");
    assertThatThrownBy(() -> modality(WIDTH, 0, Optional.empty()))
        .hasMessage("codes is 0, must be 1 to 1024");
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
