package org.anymod.plugins.imagemetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class ImageMetadataModalityTest {
  private static final Modality IMAGE = new ImageMetadataModality(new ImageMetadataConfig(false));
  private static final String EXAMPLE =
      "{\"original_width\": 640, \"original_height\": 480, \"colorfulness\": 45.3,"
          + " \"brightness\": 128, \"contrast\": 63.5, \"saturation\": 90, \"entropy\": 7.4}";

  @Test
  void declaresASequenceOfText() {
    DeclarationRequest request =
        new DeclarationRequest("image_metadata", 224, 16, OptionalInt.empty());
    assertThat(IMAGE.declare(request).kind()).isEqualTo(new Kind.TextSequence(15, 15));
    assertThat(IMAGE.fieldGroup())
        .hasValueSatisfying(
            group -> {
              assertThat(group.sequence()).isEqualTo("metadata");
              assertThat(group.maxTokens()).isEqualTo(15);
            });
  }

  @Test
  void writesThePublishedPairs() throws InvalidDataException {
    assertThat(text(IMAGE).write(parse(EXAMPLE), new Random(1)))
        .containsExactlyInAnyOrder(
            "v1=0 v0=20",
            "v1=1 v0=15",
            "v1=9 v0=14",
            "v1=10 v0=24",
            "v1=11 v0=24",
            "v1=12 v0=17",
            "v1=13 v0=36");
  }

  @Test
  void readsRangesAsTheirMiddleOrAsPublished() {
    Modality published = new ImageMetadataModality(new ImageMetadataConfig(true));
    String said = "v1=9 v0=14 v1=0 v0=20";
    assertThat(numbers(text(published).read(said)))
        .isEqualTo(Map.of("original_width", 640L, "colorfulness", 42.0));
    double middle = (Double) numbers(text(IMAGE).read(said)).get("colorfulness");
    assertThat(middle).isCloseTo(44.39, within(0.01));
  }

  @Test
  void computesAllFieldsFromPictures() {
    float[] white = new float[3 * 64 * 100];
    Arrays.fill(white, 1);
    assertThat(IMAGE.labelers())
        .extracting(Labeler::from)
        .containsExactly(List.of("metadata"), List.of("rgb"));
    Value value = IMAGE.labelers().get(1).label(Map.of("rgb", new Value.Raster(3, 64, 100, white)));
    assertThat(IMAGE.value().violation(value)).isEmpty();
    assertThat(numbers(value))
        .hasSize(7)
        .containsEntry("original_width", 100L)
        .containsEntry("original_height", 64L)
        .containsEntry("entropy", 0.0);
    assertThat((Double) numbers(value).get("brightness")).isCloseTo(255, within(1e-9));
  }

  @Test
  void takesItsFieldsFromJointFiles() {
    Value joint = new Value.Structured(Map.of("brightness", 3.0, "n_humans", 4L));
    assertThat(numbers(IMAGE.labelers().get(0).label(Map.of("metadata", joint))))
        .isEqualTo(Map.of("brightness", 3.0));
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(ImageMetadataConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("image_metadata");
    assertThat(ImageMetadataConfig.class.getRecordComponents())
        .extracting(ImageMetadataModalityTest::setting)
        .containsExactly("publishedDecoding=false");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    ClassLoader loader = ImageMetadataModality.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(ImageMetadataModality.class.getName());
    }
    assertThat(IMAGE.name()).isEqualTo("image_metadata").isEqualTo(IMAGE.source());
  }

  private static String setting(RecordComponent component) {
    return component.getName() + "=" + component.getAnnotation(Setting.class).defaultValue();
  }

  private static TextForm text(Modality modality) {
    return (TextForm) modality.representation();
  }

  private static Value parse(String json) throws InvalidDataException {
    return IMAGE.codec().decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<Object, Object> numbers(Value value) {
    Map<Object, Object> numbers = new LinkedHashMap<>();
    ((Map<?, ?>) ((Value.Structured) value).tree()).forEach(numbers::put);
    return numbers;
  }
}
