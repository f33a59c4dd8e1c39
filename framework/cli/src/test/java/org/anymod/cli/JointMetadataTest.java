package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.fields.FieldSequence;
import org.anymod.plugins.geometricmetadata.GeometricMetadataConfig;
import org.anymod.plugins.geometricmetadata.GeometricMetadataModality;
import org.anymod.plugins.imagemetadata.ImageMetadataConfig;
import org.anymod.plugins.imagemetadata.ImageMetadataModality;
import org.anymod.plugins.semanticmetadata.SemanticMetadataConfig;
import org.anymod.plugins.semanticmetadata.SemanticMetadataModality;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/** The groups of the three plugins make up the published sequence. */
class JointMetadataTest {
  private static final String FILE =
      "{\"original_width\": 640, \"original_height\": 480, \"caption_n_chars\": 52,"
          + " \"caption_n_words\": 10, \"caption_n_sentences\": 1, \"n_humans\": 1,"
          + " \"n_sam_instances\": 63, \"n_coco_instances\": 3, \"coco_instance_diversity\": 3,"
          + " \"colorfulness\": 45.3, \"brightness\": 128, \"contrast\": 63.5, \"saturation\": 90,"
          + " \"entropy\": 7.4, \"walkability\": 0.31, \"objectness\": 0.9,"
          + " \"semantic_diversity\": 12, \"geometric_complexity\": 0.2,"
          + " \"occlusion_score\": 0.05, \"watermark_score\": 0.5, \"aesthetic_score\": 5.1}";
  private static final String TEXT =
      "v1=0 v0=20 v1=1 v0=15 v1=2 v0=52 v1=3 v0=10 v1=4 v0=1 v1=5 v0=1 v1=6 v0=63 v1=7 v0=3"
          + " v1=8 v0=3 v1=9 v0=14 v1=10 v0=24 v1=11 v0=24 v1=12 v0=17 v1=13 v0=36 v1=14 v0=15"
          + " v1=15 v0=44 v1=16 v0=12 v1=17 v0=13 v1=18 v0=9 v1=19 v0=1 v1=20 v0=1";

  @Test
  void hasThePublishedLength() {
    Kind kind =
        joint(false)
            .declare(new DeclarationRequest("metadata", 224, 16, OptionalInt.empty()))
            .kind();
    assertThat(kind).isEqualTo(new Kind.TextSequence(40, 40));
  }

  @Test
  void writesThePublishedExample() throws InvalidDataException {
    Modality joint = joint(false);
    Value value = joint.codec().decode(FILE.getBytes(StandardCharsets.UTF_8));
    List<String> chunks = ((TextForm) joint.representation()).write(value, new Random(0));
    assertThat(chunks).containsExactlyInAnyOrder(TEXT.split(" (?=v1)"));
  }

  @Test
  void readsThePublishedExampleInTheOrderOfTheIds() {
    Map<?, ?> read = read(joint(true), TEXT);
    assertThat(read).hasSize(21);
    assertThat(read.keySet().iterator().next()).isEqualTo("original_width");
    assertThat(read.get("original_width")).isEqualTo(640L);
    assertThat(read.get("colorfulness")).isEqualTo(42.0);
    assertThat(read.get("aesthetic_score")).isEqualTo(1.0);
    assertThat(read(joint(false), TEXT).get("aesthetic_score")).isEqualTo(4.5);
  }

  private static Map<?, ?> read(Modality joint, String text) {
    return (Map<?, ?>) ((Value.Structured) ((TextForm) joint.representation()).read(text)).tree();
  }

  private static Modality joint(boolean published) {
    List<FieldGroup> groups =
        List.of(
            new GeometricMetadataModality(new GeometricMetadataConfig(0.05, published))
                .fieldGroup()
                .orElseThrow(),
            new ImageMetadataModality(new ImageMetadataConfig(published))
                .fieldGroup()
                .orElseThrow(),
            new SemanticMetadataModality(
                    new SemanticMetadataConfig(
                        List.of(), List.of(), OptionalInt.empty(), "person", 0.6, published))
                .fieldGroup()
                .orElseThrow());
    return new FieldSequence("metadata", "metadata", groups);
  }
}
