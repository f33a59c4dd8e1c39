package org.anymod.plugins.geometricmetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.fields.DirectionSpread;
import org.anymod.media.fields.StepShare;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class GeometricMetadataModalityTest {
  private static final Modality GEOMETRY =
      new GeometricMetadataModality(new GeometricMetadataConfig(0.05, false));
  private static final DirectionSpread COMPLEXITY =
      new DirectionSpread("normal", "geometric_complexity");

  @Test
  void declaresASequenceOfText() {
    DeclarationRequest request =
        new DeclarationRequest("geometric_metadata", 224, 16, OptionalInt.empty());
    assertThat(GEOMETRY.declare(request).kind()).isEqualTo(new Kind.TextSequence(5, 5));
  }

  @Test
  void writesThePublishedPairs() throws InvalidDataException {
    byte[] file =
        "{\"geometric_complexity\": 0.2, \"occlusion_score\": 0.05}"
            .getBytes(StandardCharsets.UTF_8);
    TextForm text = (TextForm) GEOMETRY.representation();
    assertThat(text.write(GEOMETRY.codec().decode(file), new Random(0)))
        .containsExactlyInAnyOrder("v1=17 v0=13", "v1=18 v0=9");
  }

  @Test
  void aPlaneIsSimpleAndOppositeDirectionsAreComplex() {
    float[] plane = {0, 0, 0.6f, 0.6f, 0.8f, 0.8f};
    assertThat(complexity(new Value.Raster(3, 1, 2, plane))).isCloseTo(0, within(1e-6));
    float[] opposite = {1, -1, 0, 0, 0, 0};
    assertThat(complexity(new Value.Raster(3, 2, 1, opposite))).isEqualTo(1);
    float[] corner = {1, 0, 0, 1, 0, 0};
    assertThat(complexity(new Value.Raster(3, 1, 2, corner)))
        .isCloseTo(1 - Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void lengthsDoNotCountAndPlacesWithoutSurfaceAreLeftOut() {
    float[] corner = {0.5f, 0, 0, 0, 1, 0, 0, 0, 0.004f};
    assertThat(complexity(new Value.Raster(3, 1, 3, corner)))
        .isCloseTo(1 - Math.sqrt(0.5), within(1e-6));
    assertThat(complexity(new Value.Raster(3, 1, 1, new float[3]))).isZero();
    assertThatThrownBy(() -> complexity(new Value.Raster(1, 1, 1, new float[1])))
        .hasMessageContaining("must have 3");
  }

  @Test
  void stepsInDepthAreOcclusion() {
    float[] step = new float[100];
    for (int i = 0; i < step.length; i++) {
      step[i] = i % 10 < 4 ? 0.2f : 0.7f;
    }
    assertThat(occlusion(new Value.Raster(1, 10, 10, step))).isCloseTo(0.1, within(1e-9));
    for (int i = 0; i < step.length; i++) {
      step[i] = i / 10 < 4 ? 0.2f : 0.7f;
    }
    assertThat(occlusion(new Value.Raster(1, 10, 10, step))).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void slopesAndFlatMapsAreNoOcclusion() {
    float[] slope = new float[40 * 40];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i % 40 / 40f;
    }
    assertThat(occlusion(new Value.Raster(1, 40, 40, slope))).isZero();
    assertThat(occlusion(new Value.Raster(1, 1, 1, new float[1]))).isZero();
  }

  @Test
  void canBeComputedFromEitherOrBoth() {
    assertThat(GEOMETRY.labelers())
        .extracting(Labeler::from)
        .containsExactly(List.of("metadata"), List.of("normal", "depth"));
    Labeler labeler = GEOMETRY.labelers().get(1);
    Value depth = new Value.Raster(1, 1, 2, new float[] {0, 1});
    Value labels = labeler.label(Map.of("depth", depth));
    assertThat(((Value.Structured) labels).tree()).isEqualTo(Map.of("occlusion_score", 0.5));
    assertThat(GEOMETRY.value().violation(labels)).isEmpty();
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(GeometricMetadataConfig.class.getRecordComponents())
        .extracting(GeometricMetadataModalityTest::setting)
        .containsExactly("occlusionStep=0.05", "publishedDecoding=false");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    ClassLoader loader = GeometricMetadataModality.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(GeometricMetadataModality.class.getName());
    }
    assertThat(GEOMETRY.name()).isEqualTo("geometric_metadata").isEqualTo(GEOMETRY.source());
  }

  private static String setting(RecordComponent component) {
    return component.getName() + "=" + component.getAnnotation(Setting.class).defaultValue();
  }

  private static double complexity(Value normals) {
    return COMPLEXITY.compute(normals).get("geometric_complexity");
  }

  private static double occlusion(Value depth) {
    return new StepShare("depth", "occlusion_score", 0.05).compute(depth).get("occlusion_score");
  }
}
