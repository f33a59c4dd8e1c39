package org.anymod.plugins.depth;

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
import org.anymod.media.ColorMaps;
import org.anymod.media.Pictures;
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
import org.junit.jupiter.api.Test;

class DepthModalityTest {
  private static final Modality DEPTH =
      new DepthModality(new DepthConfig(TorchScriptSettings.none()));

  @Test
  void declaresAGridOfTokens() {
    Declaration declaration =
        DEPTH.declare(new DeclarationRequest("tok_depth@224", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(20063);
    assertThat(DEPTH.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void takesTheVocabularyOfTheRecipe() {
    Declaration declaration =
        DEPTH.declare(new DeclarationRequest("tok_depth@64", 64, 8, OptionalInt.of(512)));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(8, 8, 512, Kind.Positions.SINE_COSINE));
    assertThatThrownBy(
            () -> DEPTH.declare(new DeclarationRequest("tok_depth@60", 60, 8, OptionalInt.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tok_depth@60");
  }

  @Test
  void mapsSurviveTheirFileWithSixteenBits() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Raster map = map(seed);
      Value back = DEPTH.codec().decode(DEPTH.codec().encode(map));
      assertThat(((Value.Raster) back).data()).as("seed %d", seed).containsExactly(map.data());
      assertThat(DEPTH.value().violation(back)).isEmpty();
    }
  }

  @Test
  void refusesColourPicturesAndOtherBytes() {
    float[] data = {0, 1, 0};
    byte[] green = Pictures.encodePng(new Value.Raster(3, 1, 1, data), 8);
    assertThatThrownBy(() -> DEPTH.codec().decode(green))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("must be gray");
    assertThatThrownBy(() -> DEPTH.codec().decode(new byte[3]))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void cropsStayInRangeAndInPlace() {
    float[] data = new float[64];
    for (int i = 0; i < data.length; i++) {
      data[i] = i % 8 < 4 ? 0 : 1;
    }
    Value.Raster step = new Value.Raster(1, 8, 8, data);
    Value.Raster left = (Value.Raster) DEPTH.crop(step, new Crop(0, 0, 8, 4, false, 8, 8), 16);
    assertThat(left.data()).containsOnly(0);
    Value.Raster whole = (Value.Raster) DEPTH.crop(step, new Crop(0, 0, 8, 8, true, 8, 8), 32);
    assertThat(DEPTH.value().violation(whole)).isEmpty();
    assertThat(whole.at(0, 5, 0)).isEqualTo(1);
    assertThat(whole.at(0, 5, 31)).isZero();
  }

  @Test
  void showsNearBlueAndFarRed() {
    Value.Raster map = new Value.Raster(1, 1, 2, new float[] {0.3f, 0.4f});
    BufferedImage image = ((Rendering.Picture) DEPTH.renderer().render(map)).image();
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(ColorMaps.turbo(0));
    assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(ColorMaps.turbo(1));
  }

  @Test
  void measuresErrorAndCloseness() {
    Metric.Accumulator sum = DEPTH.metric().start();
    sum.add(
        new Value.Raster(1, 1, 2, new float[] {0.5f, 0.9f}),
        new Value.Raster(1, 1, 2, new float[] {0.5f, 0.5f}));
    assertThat(sum.error()).isCloseTo(0.2, within(1e-6));
    assertThat(sum.figures()).containsEntry("delta1", 0.5);
    Value constant = DEPTH.metric().constant(List.of(map(1), map(1)));
    assertThat(((Value.Raster) constant).data()).containsExactly(map(1).data());
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(DEPTH.labelers()).isEmpty();
    Path missing = Path.of("no-such-network.pt");
    Labeler labeler =
        new DepthModality(new DepthConfig(TorchScriptSettings.of(missing))).labelers().get(0);
    assertThat(labeler.from()).containsExactly("rgb");
    assertThat(labeler.onCrop()).isFalse();
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = DepthModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(DepthModality.class.getName());
    }
    assertThat(DEPTH.name()).isEqualTo("tok_depth");
    assertThat(DEPTH.source()).isEqualTo("depth");
  }

  private static Value.Raster map(int seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(20);
    int width = 1 + random.nextInt(20);
    float[] data = new float[height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(65536) / 65535f;
    }
    return new Value.Raster(1, height, width, data);
  }
}
