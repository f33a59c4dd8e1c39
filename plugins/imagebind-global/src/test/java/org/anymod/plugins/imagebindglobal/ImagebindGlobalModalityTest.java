package org.anymod.plugins.imagebindglobal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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

class ImagebindGlobalModalityTest {
  private static final int WIDTH = 20;
  private static final Modality EMBEDDING = modality(16, TorchScriptSettings.none());

  private static Modality modality(int codes, TorchScriptSettings network) {
    return new ImagebindGlobalModality(new ImagebindGlobalConfig(WIDTH, codes, network));
  }

  private static Value.Vectors vector(long seed) {
    Random random = new Random(seed);
    float[] data = new float[WIDTH];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (3 * random.nextGaussian());
    }
    return new Value.Vectors(1, WIDTH, data);
  }

  private static Kind kind(Modality modality, OptionalInt vocabulary) {
    DeclarationRequest request = new DeclarationRequest("tok_imagebind_global", 64, 8, vocabulary);
    return modality.declare(request).kind();
  }

  @Test
  void declaresTheCodesOfThePublishedModelAtAnyResolution() {
    Declaration declaration =
        EMBEDDING.declare(
            new DeclarationRequest("tok_imagebind_global", 100, 7, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(4, 4, 8192, Kind.Positions.LEARNED));
    assertThat(declaration.id()).isEqualTo(12099);
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(((TokenizerFactory) EMBEDDING.representation()).family()).isEqualTo("mlp-vqvae");
  }

  @Test
  void takesOtherNumbersOfCodes() {
    assertThat(kind(modality(4, TorchScriptSettings.none()), OptionalInt.of(64)))
        .isEqualTo(new Kind.TokenGrid(2, 2, 64, Kind.Positions.LEARNED));
    assertThat(kind(modality(8, TorchScriptSettings.none()), OptionalInt.empty()))
        .isEqualTo(new Kind.TokenGrid(8, 1, 8192, Kind.Positions.LEARNED));
  }

  @Test
  void vectorsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Vectors vector = vector(seed);
      Value back = EMBEDDING.codec().decode(EMBEDDING.codec().encode(vector));
      assertThat(((Value.Vectors) back).data()).as("seed %d", seed).containsExactly(vector.data());
      assertThat(EMBEDDING.value().violation(back)).isEmpty();
    }
    assertThat(EMBEDDING.codec().extensions()).containsExactly("npy");
  }

  @Test
  void damagedFilesGiveNothingButAMessage() {
    Random random = new Random(3);
    byte[] whole = EMBEDDING.codec().encode(vector(1));
    for (int i = 0; i < 1000; i++) {
      byte[] file = Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
      for (int k = 0; k < 3 && file.length > 0; k++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(EMBEDDING.value().violation(EMBEDDING.codec().decode(file))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void cropsLeaveTheVectorAsItIs() {
    Value.Vectors vector = vector(1);
    assertThat(EMBEDDING.crop(vector, new Crop(3, 3, 5, 5, true, 20, 20), 64)).isSameAs(vector);
  }

  @Test
  void showsAndMeasuresVectors() {
    Rendering.Picture picture = (Rendering.Picture) EMBEDDING.renderer().render(vector(1));
    assertThat(picture.image().getWidth()).isEqualTo(3 * WIDTH);
    Metric.Accumulator sum = EMBEDDING.metric().start();
    sum.add(vector(1), vector(1));
    assertThat(sum.error()).isLessThan(1e-9);
    sum.add(vector(2), vector(1));
    assertThat(sum.error()).isBetween(0.1, 1.0);
    assertThat(sum.figures()).containsKeys("cosine", "rmse");
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(EMBEDDING.labelers()).isEmpty();
    Modality labelled = modality(16, TorchScriptSettings.of(Path.of("no-such-network.pt")));
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
    assertThat(ImagebindGlobalConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("imagebind_global");
    assertThat(ImagebindGlobalConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("width=1280", "codes=16", "network=");
    assertThatThrownBy(() -> modality(0, TorchScriptSettings.none()))
        .hasMessage("codes is 0, must be 1 to 1024");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    ClassLoader loader = ImagebindGlobalModality.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(ImagebindGlobalModality.class.getName());
    }
    assertThat(EMBEDDING.name()).isEqualTo("tok_imagebind_global");
    assertThat(EMBEDDING.source()).isEqualTo("imagebind_global");
  }
}
