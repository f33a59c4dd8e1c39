package org.anymod.plugins.samedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.api.Test;

class SamEdgeModalityTest {
  private static final Modality EDGES = new SamEdgeModality();
  private static final Labeler LABELER = EDGES.labelers().get(0);

  @Test
  void declaresAGridOfTokensAndSharesATokenizer() {
    Declaration declaration =
        EDGES.declare(new DeclarationRequest("tok_sam_edge@224", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.id()).isEqualTo(7842);
    assertThat(EDGES.sharedTokenizer()).contains("tok_canny_edge");
    assertThat(EDGES.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void outlinesAnInstanceOnce() {
    Value.Raster edges = edges(document(12, 10, square(3, 2, 8, 7)));
    assertThat(edges.height()).isEqualTo(10);
    assertThat(edges.width()).isEqualTo(12);
    assertThat(EDGES.value().violation(edges)).isEmpty();
    assertThat(edges.at(0, 4, 5)).isZero();
    assertThat(edges.at(0, 0, 0)).isZero();
    for (int y = 0; y < 10; y++) {
      int inRow = 0;
      for (int x = 0; x < 12; x++) {
        inRow += (int) edges.at(0, y, x);
      }
      assertThat(inRow).as("row %d", y).isLessThanOrEqualTo(7);
    }
    assertThat(count(edges)).isBetween(16, 26);
  }

  @Test
  void smallInstancesStandInFrontOfLargeOnes() {
    Value.Raster edges = edges(document(20, 20, square(6, 6, 9, 9), square(1, 1, 18, 18)));
    assertThat(edges.at(0, 7, 5) + edges.at(0, 7, 6)).isEqualTo(1);
  }

  @Test
  void aPictureWithoutInstancesHasNoEdges() {
    assertThat(edges(document(5, 4)).data()).containsOnly(0);
  }

  @Test
  void saysWhatItsInputsLack() {
    assertThat(LABELER.from()).containsExactly("sam_instance");
    assertThat(LABELER.onCrop()).isFalse();
    Value crops = new Value.Structured(Map.of("crops", List.of(Map.of("instances", List.of()))));
    assertThatThrownBy(() -> edges(crops))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds the instances of crops, edges need those of the whole");
    Value noSize = new Value.Structured(Map.of("instances", List.of()));
    assertThatThrownBy(() -> edges(noSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sam_instance: the document has no entry 'width'");
    Value noPolygon =
        new Value.Structured(
            Map.of("width", 2L, "height", 2L, "instances", List.of(Map.of("tokens", List.of()))));
    assertThatThrownBy(() -> edges(noPolygon)).hasMessageContaining("polygon");
  }

  @Test
  void edgesSurviveTheirFile() throws InvalidDataException {
    Random random = new Random(1);
    for (int n = 0; n < 10; n++) {
      int x = random.nextInt(10);
      int y = random.nextInt(10);
      Value.Raster edges = edges(document(24, 20, square(x, y, x + 6, y + 5)));
      Value back = EDGES.codec().decode(EDGES.codec().encode(edges));
      assertThat(((Value.Raster) back).data()).containsExactly(edges.data());
    }
  }

  @Test
  void damagedFilesAreRefusedOrStillFit() {
    byte[] good = EDGES.codec().encode(edges(document(9, 9, square(2, 2, 6, 6))));
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(40));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(EDGES.value().violation(EDGES.codec().decode(bad))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
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
  void measuresErrorAndF1AndShowsThePicture() {
    Metric.Accumulator sum = EDGES.metric().start();
    Value.Raster predicted = new Value.Raster(1, 1, 4, new float[] {1, 1, 0, 0});
    sum.add(predicted, new Value.Raster(1, 1, 4, new float[] {1, 0, 0, 0}));
    assertThat(sum.error()).isEqualTo(0.25);
    assertThat(sum.figures().get("f1")).isEqualTo(2.0 / 3);
    Rendering.Picture picture = (Rendering.Picture) EDGES.renderer().render(predicted);
    assertThat(picture.image().getRGB(1, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = SamEdgeModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(SamEdgeModality.class.getName());
    }
    assertThat(EDGES.name()).isEqualTo("tok_sam_edge");
    assertThat(EDGES.source()).isEqualTo("sam_edge");
  }

  private static Value.Raster edges(Value instances) {
    return (Value.Raster) LABELER.label(Map.of("sam_instance", instances));
  }

  private static int count(Value.Raster edges) {
    int count = 0;
    for (float value : edges.data()) {
      count += (int) value;
    }
    return count;
  }

  private static Value document(long width, long height, Object... polygons) {
    return new Value.Structured(
        Map.of(
            "width",
            width,
            "height",
            height,
            "instances",
            Arrays.stream(polygons).map(polygon -> Map.of("polygon", polygon)).toList()));
  }

  private static List<List<Integer>> square(int left, int top, int right, int bottom) {
    return List.of(
        List.of(left, top), List.of(right, top), List.of(right, bottom), List.of(left, bottom));
  }
}
