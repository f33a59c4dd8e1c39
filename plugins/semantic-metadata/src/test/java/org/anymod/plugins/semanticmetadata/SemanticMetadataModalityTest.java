package org.anymod.plugins.semanticmetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.fields.ClassRanges;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class SemanticMetadataModalityTest {
  private static final Modality SEMANTICS =
      new SemanticMetadataModality(
          new SemanticMetadataConfig(
              List.of("2-255"), List.of("1"), OptionalInt.of(9), "person", 0.6, false));
  private static final Labeler LABELER = SEMANTICS.labelers().get(1);

  @Test
  void declaresASequenceOfText() {
    DeclarationRequest request =
        new DeclarationRequest("semantic_metadata", 224, 16, OptionalInt.empty());
    assertThat(SEMANTICS.declare(request).kind()).isEqualTo(new Kind.TextSequence(25, 25));
  }

  @Test
  void writesThePublishedPairs() throws InvalidDataException {
    String file =
        "{\"caption_n_chars\": 52, \"caption_n_words\": 10, \"caption_n_sentences\": 1,"
            + " \"n_humans\": 1, \"n_sam_instances\": 63, \"n_coco_instances\": 3,"
            + " \"coco_instance_diversity\": 3, \"walkability\": 0.31, \"objectness\": 0.9,"
            + " \"semantic_diversity\": 12, \"watermark_score\": 0.5, \"aesthetic_score\": 5.1}";
    Value value = SEMANTICS.codec().decode(file.getBytes(StandardCharsets.UTF_8));
    TextForm text = (TextForm) SEMANTICS.representation();
    assertThat(text.write(value, new Random(0)))
        .containsExactlyInAnyOrder(
            "v1=2 v0=52",
            "v1=3 v0=10",
            "v1=4 v0=1",
            "v1=5 v0=1",
            "v1=6 v0=63",
            "v1=7 v0=3",
            "v1=8 v0=3",
            "v1=14 v0=15",
            "v1=15 v0=44",
            "v1=16 v0=12",
            "v1=19 v0=1",
            "v1=20 v0=1");
  }

  @Test
  void measuresCaptions() {
    assertThat(label("caption", new Value.Text(" A dog runs. It is  fast! \n")))
        .isEqualTo(
            Map.of("caption_n_chars", 24L, "caption_n_words", 6L, "caption_n_sentences", 2L));
    assertThat(label("caption", new Value.Text("")))
        .isEqualTo(Map.of("caption_n_chars", 0L, "caption_n_words", 0L, "caption_n_sentences", 0L));
    assertThat(label("caption", new Value.Structured(List.of("3.5 m", "other"))))
        .containsEntry("caption_n_sentences", 1L)
        .containsEntry("caption_n_words", 2L);
  }

  @Test
  void countsDetectedObjects() {
    Value boxes =
        new Value.Structured(
            Map.of(
                "instances",
                List.of(
                    Map.of("class_name", "person", "score", 0.98),
                    Map.of("class_name", "person", "score", 0.6),
                    Map.of("class_name", "dog"),
                    Map.of("class_name", "tv", "score", 0.59))));
    assertThat(label("det", boxes))
        .isEqualTo(Map.of("n_humans", 2L, "n_coco_instances", 3L, "coco_instance_diversity", 2L));
    assertThat(label("det", new Value.Structured(Map.of("instances", List.of()))))
        .containsEntry("n_coco_instances", 0L);
  }

  @Test
  void posesGoBeforeBoxesWhereHumansAreCounted() {
    Value poses =
        new Value.Structured(
            Map.of("bbox_xyxy", List.of(List.of(0, 0, 1, 1), List.of(1, 1, 2, 2))));
    Value boxes = new Value.Structured(Map.of("instances", List.of()));
    Value labels = LABELER.label(Map.of("human_poses", poses, "det", boxes));
    assertThat(tree(labels)).containsEntry("n_humans", 2L).containsEntry("n_coco_instances", 0L);
    assertThat(label("human_poses", new Value.Structured(Map.of()))).containsEntry("n_humans", 0L);
    assertThat(label("human_poses", new Value.Structured(List.of()))).containsEntry("n_humans", 0L);
  }

  @Test
  void countsInstancesOfThePictureOrTheFirstCrop() {
    List<Object> two = List.of(Map.of(), Map.of());
    assertThat(label("sam_instance", new Value.Structured(Map.of("instances", two))))
        .isEqualTo(Map.of("n_sam_instances", 2L));
    Value crops =
        new Value.Structured(
            Map.of("crops", List.of(Map.of("instances", two), Map.of("instances", List.of()))));
    assertThat(label("sam_instance", crops)).isEqualTo(Map.of("n_sam_instances", 2L));
  }

  @Test
  void measuresSharesOfLabelledPixels() {
    Value map = new Value.ClassMap(2, 4, new int[] {0, 1, 1, 1, 2, 3, 9, 9});
    assertThat(label("semseg", map))
        .isEqualTo(Map.of("objectness", 2 / 6.0, "walkability", 3 / 6.0, "semantic_diversity", 4L));
    assertThat(label("semseg", new Value.ClassMap(1, 1, new int[] {9})))
        .isEqualTo(Map.of("objectness", 0.0, "walkability", 0.0, "semantic_diversity", 0L));
  }

  @Test
  void labelsFitTheirDeclaration() {
    assertThat(LABELER.from())
        .containsExactly("caption", "human_poses", "det", "sam_instance", "semseg");
    Value labels = LABELER.label(Map.of("caption", new Value.Text("a dog")));
    assertThat(SEMANTICS.value().violation(labels)).isEmpty();
  }

  @Test
  void refusesSettingsThatAreNoClasses() {
    for (String wrong : List.of("car", "3-1", "-4", "")) {
      assertThatThrownBy(
              () ->
                  new SemanticMetadataConfig(
                      List.of(wrong), List.of(), OptionalInt.empty(), "person", 0, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("things holds '" + wrong + "'");
    }
    assertThat(ClassRanges.of("things", List.of("3", "7-9")).toString()).isEqualTo("{3, 7, 8, 9}");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(SemanticMetadataConfig.class.getRecordComponents())
        .extracting(SemanticMetadataModalityTest::setting)
        .containsExactly(
            "things=[2-255]",
            "walkable=['1']",
            "ignored=",
            "humanClass=person",
            "minScore=0.6",
            "publishedDecoding=false");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    ClassLoader loader = SemanticMetadataModality.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(SemanticMetadataModality.class.getName());
    }
    assertThat(SEMANTICS.name()).isEqualTo("semantic_metadata").isEqualTo(SEMANTICS.source());
  }

  private static String setting(RecordComponent component) {
    return component.getName() + "=" + component.getAnnotation(Setting.class).defaultValue();
  }

  private static Map<Object, Object> label(String from, Value value) {
    return tree(LABELER.label(Map.of(from, value)));
  }

  private static Map<Object, Object> tree(Value value) {
    Map<Object, Object> tree = new LinkedHashMap<>();
    ((Map<?, ?>) ((Value.Structured) value).tree()).forEach(tree::put);
    return tree;
  }
}
