package org.anymod.sdk.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The growing example as it is shipped, with its recipes made so small that a model is trained,
 * gets the plugin of a stranger, and is trained on, all within seconds.
 */
@DisabledOnOs(OS.WINDOWS)
class GrowingTest {
  private static final Path EXAMPLES = Workshop.ROOT.resolve("examples");

  @Test
  void aTrainedModelLearnsTheModalityOfADroppedInJar() throws Exception {
    try (Workshop workshop = Workshop.open()) {
      Path place = Files.createDirectory(workshop.folder().resolve("place"));
      for (String recipe : new String[] {"base.yaml", "grown.yaml"}) {
        String text = Files.readString(EXAMPLES.resolve("growing").resolve(recipe));
        Files.writeString(place.resolve(recipe), small(text));
      }
      Files.copy(EXAMPLES.resolve("growing/grow.sh"), place.resolve("grow.sh"));
      String grow = "SOUND_JAR='" + plugin(workshop) + "' sh grow.sh 12 4";
      String said = workshop.run(place, grow).succeeded().output();
      assertThat(said)
          .containsPattern("anymod-sound +0.1.0 +sound +TokenGrid")
          .containsPattern("tensors kept, \\d+ numbers drawn afresh")
          .contains("2 added: decoder_embeddings.sound@32; encoder_embeddings.sound@32")
          .containsPattern("tok_semseg@32 +[0-9.]+ +[0-9.]+ \\([+-][0-9.]+ %\\)")
          .containsPattern("from .* to +sound +depth +semseg")
          .contains("train: 4/4 steps");
      assertThatOldTensorsAreKept(place.resolve("runs/growing"));

      String again = workshop.run(place, grow).succeeded().output();
      assertThat(again)
          .contains("model: trained, 4 steps")
          .doesNotContain("stage model", "stage tokens", "stage tokenizer", "numbers drawn");

      bothWays(workshop, place);
    }
  }

  /** The plugin, built from the SDK by its own build. */
  private static Path plugin(Workshop workshop) throws Exception {
    Path project = Files.createDirectory(workshop.folder().resolve("third-party"));
    for (String part : new String[] {"pom.xml", "src"}) {
      Workshop.copy(EXAMPLES.resolve("third-party").resolve(part), project.resolve(part));
    }
    workshop.run(project, "mvn -q package -DskipTests \"-Danymod.home=$ANYMOD_HOME\"").succeeded();
    return project.resolve("target/anymod-sound-0.1.0.jar");
  }

  private static String small(String recipe) {
    String[][] changes = {
      {"@64", "@32"},
      {"(?m)^resolution: 64", "resolution: 32"},
      {"(?m)^( +)steps: \\d+", "$1steps: 4"},
      {"(?m)^( +)batch: \\d+", "$1batch: 4"},
      {"(?m)^( +)warmup: \\d+", "$1warmup: 1"},
      {"dim: 96", "dim: 24"},
      {"(?m)^( +)(en|de)coder_layers: \\d+", "$1$2coder_layers: 1"},
      {"(?m)^( +)input_tokens: \\d+", "$1input_tokens: 16"},
      {"(?m)^( +)target_tokens: \\d+", "$1target_tokens: 24"},
      {"(?m)^( +)samples: \\d+", "$1samples: 2"},
      {"\\{samples: \\d+}", "{samples: 4}"},
      {"ensemble: \\d+", "ensemble: 1"},
      {"frozen_steps: \\d+", "frozen_steps: 2"},
    };
    String small = recipe;
    for (String[] change : changes) {
      small = small.replaceAll(change[0], change[1]);
    }
    return small;
  }

  private static void assertThatOldTensorsAreKept(Path runs) throws IOException {
    Map<String, byte[]> before =
        tensors(runs.resolve("base/checkpoints/model-00000004.safetensors"));
    Map<String, byte[]> extended = tensors(runs.resolve("extended.safetensors"));
    assertThat(before).hasSizeGreaterThan(30);
    before.forEach((name, bytes) -> assertThat(extended.get(name)).as(name).isEqualTo(bytes));
    assertThat(extended.keySet())
        .filteredOn(name -> !before.containsKey(name))
        .isNotEmpty()
        .allMatch(name -> name.contains(".sound@32."));
    Map<String, byte[]> grown =
        tensors(runs.resolve("grown/checkpoints/model-00000004.safetensors"));
    assertThat(grown.keySet()).isEqualTo(extended.keySet());
    assertThat(grown.get("mask_token")).isNotEqualTo(before.get("mask_token"));
  }

  /** Numbers of a safetensors file by name. */
  private static Map<String, byte[]> tensors(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode entries = new ObjectMapper().readTree(bytes, 8, header);
    Map<String, byte[]> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      JsonNode place = entry.getValue().path("data_offsets");
      if (place.isArray()) {
        int begin = 8 + header + place.get(0).asInt();
        int end = 8 + header + place.get(1).asInt();
        tensors.put(entry.getKey(), Arrays.copyOfRange(bytes, begin, end));
      }
    }
    return tensors;
  }

  private static void bothWays(Workshop workshop, Path place) throws Exception {
    workshop
        .run(
            place,
            "anymod generate grown.yaml --input rgb=$(ls runs/growing/data/val/rgb/*.png | head -n 1)"
                + " --output sound --to heard")
        .succeeded();
    Path sound = place.resolve("heard/sound.wav");
    assertThat(Files.readAllBytes(sound)).startsWith('R', 'I', 'F', 'F');
    workshop
        .run(
            place,
            "anymod generate grown.yaml --input sound=heard/sound.wav --output depth,semseg --to seen")
        .succeeded();
    assertThat(place.resolve("seen/depth.png")).isNotEmptyFile();
    assertThat(place.resolve("seen/semseg.png")).isNotEmptyFile();
  }
}
