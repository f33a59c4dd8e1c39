package org.anymod.plugins.cannyedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

class CannyEdgeModalityTest {
  private static final Modality EDGES = new CannyEdgeModality(new CannyConfig(1, 50, 100));

  @Test
  void declaresAGridOfTokens() {
    Declaration declaration =
        EDGES.declare(new DeclarationRequest("tok_canny_edge@224", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(12520);
    assertThat(EDGES.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void labelsSurviveTheirFile() throws InvalidDataException {
    Labeler labeler = EDGES.labelers().get(0);
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      int height = 1 + random.nextInt(30);
      int width = 1 + random.nextInt(30);
      float[] data = new float[3 * height * width];
      for (int i = 0; i < data.length; i++) {
        data[i] = random.nextFloat();
      }
      Value.Raster edges =
          (Value.Raster) labeler.label(Map.of("rgb", new Value.Raster(3, height, width, data)));
      assertThat(EDGES.value().violation(edges)).isEmpty();
      Value back = EDGES.codec().decode(EDGES.codec().encode(edges));
      assertThat(((Value.Raster) back).data()).as("seed %d", seed).containsExactly(edges.data());
    }
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> EDGES.codec().decode(new byte[] {1, 2, 3}))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void cropsStayInRangeAndInPlace() {
    float[] data = new float[64];
    data[0] = 1;
    Value.Raster corner = new Value.Raster(1, 8, 8, data);
    Value.Raster flipped = (Value.Raster) EDGES.crop(corner, new Crop(0, 0, 8, 8, true, 8, 8), 16);
    assertThat(EDGES.value().violation(flipped)).isEmpty();
    assertThat(flipped.at(0, 0, 15)).isGreaterThan(0.9f);
    assertThat(flipped.at(0, 0, 0)).isZero();
  }

  @Test
  void measuresErrorAndF1() {
    Metric.Accumulator sum = EDGES.metric().start();
    sum.add(
        new Value.Raster(1, 1, 4, new float[] {1, 1, 0, 0}),
        new Value.Raster(1, 1, 4, new float[] {1, 0, 0, 0}));
    assertThat(sum.error()).isEqualTo(0.25);
    assertThat(sum.figures().get("f1")).isEqualTo(2.0 / 3);
  }

  @Test
  void showsThePicture() {
    Value.Raster edges = new Value.Raster(1, 1, 2, new float[] {0, 1});
    Rendering.Picture picture = (Rendering.Picture) EDGES.renderer().render(edges);
    assertThat(picture.image().getRGB(1, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(CannyConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("canny_edge");
    assertThat(CannyConfig.class.getRecordComponents())
        .extracting(component -> component.getName() + "=" + setting(component).defaultValue())
        .containsExactly("sigma=1.0", "low=50", "high=100");
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> new CannyConfig(1, 100, 50))
        .hasMessage("low is 100.0 and high is 50.0, must be 0 <= low <= high");
    assertThatThrownBy(() -> new CannyConfig(Double.NaN, 1, 2)).hasMessageContaining("sigma");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = CannyEdgeModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(CannyEdgeModality.class.getName());
    }
    assertThat(EDGES.name()).isEqualTo("tok_canny_edge");
    assertThat(EDGES.source()).isEqualTo("canny_edge");
  }

  private static Setting setting(RecordComponent component) {
    return component.getAnnotation(Setting.class);
  }
}
