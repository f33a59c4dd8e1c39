package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Json;
import org.anymod.spi.InvalidDataException;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyClass;
import org.junit.jupiter.api.Test;

class MetadataTest {
  private static final List<String> FIELDS =
      List.of(
          "original_width",
          "original_height",
          "caption_n_chars",
          "caption_n_words",
          "caption_n_sentences",
          "n_humans",
          "n_sam_instances",
          "n_coco_instances",
          "coco_instance_diversity",
          "colorfulness",
          "brightness",
          "contrast",
          "saturation",
          "entropy",
          "walkability",
          "objectness",
          "semantic_diversity",
          "geometric_complexity",
          "occlusion_score",
          "watermark_score",
          "aesthetic_score");

  @Test
  void jointFileHasAllFieldsAndTheGroupsShareThem() throws InvalidDataException {
    for (RenderedScene scene : Labelled.SCENES) {
      Map<String, Object> all = fields("metadata", scene);
      assertThat(all).containsOnlyKeys(FIELDS);
      Map<String, Object> groups = new HashMap<>(fields("image_metadata", scene));
      groups.putAll(fields("semantic_metadata", scene));
      groups.putAll(fields("geometric_metadata", scene));
      assertThat(groups).isEqualTo(all);
    }
  }

  @Test
  void numbersAreThoseOfTheScene() {
    for (RenderedScene scene : Labelled.SCENES) {
      Map<String, Object> fields = Metadata.semantic(scene);
      assertThat(fields.get("n_humans")).isEqualTo(scene.scene().people());
      assertThat(fields.get("n_sam_instances")).isEqualTo(scene.scene().objects().size());
      double ground = 0;
      for (byte kind : scene.classes()) {
        ground += kind == ToyClass.GROUND.ordinal() ? 1 / 4096.0 : 0;
      }
      assertThat((double) fields.get("walkability")).isCloseTo(ground, within(1e-9));
      assertThat(Metadata.image(scene).get("original_width")).isEqualTo(64);
    }
  }

  @Test
  void numbersLieInTheRangesOfTheirBinsAndVary() {
    Map<String, double[]> ranges =
        Map.of(
            "walkability", new double[] {0, 1},
            "objectness", new double[] {0, 1},
            "geometric_complexity", new double[] {0, 0.75},
            "occlusion_score", new double[] {0, 0.25},
            "aesthetic_score", new double[] {4, 7.5});
    ranges.forEach(
        (name, range) -> {
          double[] values =
              Labelled.SCENES.stream().mapToDouble(s -> number(s, name)).sorted().toArray();
          assertThat(values[0]).as(name).isGreaterThanOrEqualTo(range[0]);
          assertThat(values[values.length - 1]).as(name).isLessThanOrEqualTo(range[1]);
          assertThat(values[20] - values[4]).as(name).isGreaterThan(0.1 * (range[1] - range[0]));
        });
  }

  private static double number(RenderedScene scene, String name) {
    Map<String, Object> fields = new HashMap<>(Metadata.semantic(scene));
    fields.putAll(Metadata.geometric(scene));
    return ((Number) fields.get(name)).doubleValue();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(String source, RenderedScene scene)
      throws InvalidDataException {
    return (Map<String, Object>) Json.parse(Labelled.bytes(source, scene));
  }
}
