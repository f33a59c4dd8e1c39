package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.Output;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Request;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.TemperatureSchedule;
import org.anymod.core.sampling.schedule.TokenSchedule;
import org.anymod.host.AnymodHost;
import org.anymod.host.PresetFolder;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped presets on the published modality sets, against the published schedules. */
class PresetsTest {
  private static final Path CONF = Path.of("../../distribution/conf/sampling");
  private static final Path SCHEDULES =
      Path.of("../core/src/test/resources/generation/chained_schedules.json");

  @TempDir static Path folder;

  private static final PresetFolder PRESETS = new PresetFolder(Optional.of(CONF));
  private static AnymodHost host;
  private static Run base;
  private static Run fine;

  @BeforeAll
  static void openRuns() throws IOException {
    host = AnymodHost.open(ShippedPlugins.in(folder));
    List<String> keys = order("DEFAULT_ORDER");
    keys.add("rgb@224");
    base = host.run(recipe("base", keys), List.of());
    List<String> fineKeys = order("DEFAULT_ORDER_SR");
    order("DEFAULT_ORDER_SR").forEach(key -> fineKeys.add(key.replace("@448", "@224")));
    fine = host.run(recipe("fine", fineKeys), List.of());
  }

  @AfterAll
  static void closeHost() {
    host.close();
  }

  private static Path recipe(String name, List<String> keys) throws IOException {
    StringBuilder text = new StringBuilder("name: " + name + "\n");
    text.append("output: \"").append(folder.resolve(name)).append("\"\n");
    text.append("data: {root: \"").append(folder.resolve(name)).append("\"}\n");
    text.append("device: cpu\nmodalities:\n");
    for (String key : keys) {
      boolean fine = key.matches("tok_(dinov2|imagebind)@.*");
      text.append("  ").append(key).append(fine ? ": {patch: 14}\n" : ": {}\n");
    }
    text.append("tokenizers:\n");
    for (String key : keys) {
      if (key.startsWith("tok_")) {
        text.append("  ").append(key).append(": {settings: {dim: 8, depth: 1, heads: 1}}\n");
      }
    }
    text.append("masking: {input_tokens: 9, target_tokens: 9, mixture: [{input_alpha: 1}]}\n");
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, text);
    return file;
  }

  private static List<String> order(String name) throws IOException {
    List<String> keys = new ArrayList<>();
    new ObjectMapper()
        .readTree(SCHEDULES.toFile())
        .get(name)
        .forEach(key -> keys.add(key.asText()));
    return keys;
  }

  private static JsonNode published(String name) throws IOException {
    return new ObjectMapper().readTree(SCHEDULES.toFile()).get("cases").get(name);
  }

  private static Value picture() {
    return new Value.Raster(3, 224, 224, new float[3 * 224 * 224]);
  }

  @Test
  void everythingFromAPictureAsPublished() throws IOException {
    Request request = Request.builder().given("rgb@224", picture()).presets("demo-rgb2all").build();
    assertSchedule(
        new Planner(List.of(base), PRESETS).outputs(request), 0, published("demo_rgb2all"));
  }

  @Test
  void everythingFromACaptionAsPublished() throws IOException {
    Request request =
        Request.builder().given("caption", Given.words("a dog")).presets("demo-x2rgb").build();
    assertSchedule(
        new Planner(List.of(base), PRESETS).outputs(request), 0, published("demo_caption2all"));
  }

  @Test
  void superResolutionAsPublished() throws IOException {
    Request request =
        Request.builder()
            .given("tok_sam_edge@224", picture())
            .outputs("tok_clip@224", "tok_depth@224", "tok_normal@224", "tok_semseg@224")
            .output(Output.of("tok_rgb@224"))
            .presets("demo-x2rgb", "demo-sr")
            .build();
    List<PlannedOutput> outputs = new Planner(List.of(base, fine), PRESETS).outputs(request);
    assertThat(outputs).filteredOn(o -> o.stage() == 0).hasSize(5);
    assertSchedule(outputs, 1, published("demo_sr"));
  }

  /** Compares every step of the list that the published system makes. */
  private static void assertSchedule(List<PlannedOutput> outputs, int stage, JsonNode published) {
    List<PlannedOutput> own = outputs.stream().filter(o -> o.stage() == stage).toList();
    JsonNode steps = published.get("schedule");
    List<String> given = new ArrayList<>();
    published.get("cond_domains").forEach(key -> given.add(key.asText()));
    int at = 0;
    for (PlannedOutput output : own) {
      SamplingRecipe settings = output.settings();
      int[] counts = counts(output);
      double[] temperatures =
          TemperatureSchedule.of(settings.temperatureSchedule())
              .temperatures(settings.temperature(), counts);
      for (int i = 0; i < counts.length; i++) {
        JsonNode step = steps.get(at++);
        assertThat(step.get("target_domain").asText()).isEqualTo(output.key());
        assertThat(step.get("cfg_scale").asDouble()).isEqualTo(settings.guidance());
        assertThat(step.get("temperature").asDouble()).isCloseTo(temperatures[i], within(1e-12));
        if (output.modality().isTokens()) {
          assertThat(step.get("scheme").asText()).isEqualTo(settings.scheme());
          assertThat(step.get("num_tokens").asInt()).isEqualTo(counts[i]);
        } else {
          assertThat(step.get("scheme").asText()).isEqualTo("autoregressive");
        }
        assertThat(settings.topP()).isEqualTo(0.8);
        List<String> conditions = new ArrayList<>();
        step.get("cfg_cond_domains").forEach(key -> conditions.add(key.asText()));
        assertThat(conditions).containsExactlyInAnyOrderElementsOf(guiding(output, given, own));
      }
    }
    assertThat(at).isEqualTo(steps.size());
  }

  private static int[] counts(PlannedOutput output) {
    SamplingRecipe settings = output.settings();
    if (!output.modality().isTokens()) {
      return new int[] {1};
    }
    int tokens = output.modality().declaration().kind().maxTokens();
    int[] counts =
        settings.scheme().equals("roar") || settings.schedule().equals("linear")
            ? TokenSchedule.linear(settings.steps(), tokens)
            : TokenSchedule.cosine(settings.steps(), tokens);
    return Arrays.stream(counts).filter(count -> count > 0).toArray();
  }

  /** What was given, and where guidance grows the finished grids. */
  private static List<String> guiding(
      PlannedOutput output, List<String> given, List<PlannedOutput> all) {
    List<String> guiding = new ArrayList<>(given);
    for (PlannedOutput other : all) {
      boolean grid = other.modality().declaration().kind() instanceof Kind.TokenGrid;
      if (grid && output.grows() && output.conditions().contains(other.key())) {
        guiding.add(other.key());
      }
    }
    return guiding;
  }

  @Test
  void everyShippedPresetIsReadAndListed() throws IOException {
    assertThat(PRESETS.names())
        .containsExactly(
            "demo-rgb2all", "demo-sr", "demo-x2rgb", "retrieval", "t2cnr", "t2cr", "t2cr-sr");
    for (String name : PRESETS.names()) {
      assertThat(PRESETS.get(name).description()).isNotBlank();
    }
    assertThat(PRESETS.get("t2cr").outputs().get("tok_clip"))
        .isEqualTo(new SamplingRecipe("roar", 49, "linear", 6.0, "onex:0.5:0.5", 0, 0.9, 3.0));
  }

  @Test
  void mistakesInAPresetAreNamedWithTheirLine() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        """
        description: bad
        outputs:
          tok_depth: {stepz: 3, temperature: hot}
        """);
    assertThatThrownBy(() -> PRESETS.get(file.toString()))
        .hasMessageContaining("bad.yaml:3:15: outputs.tok_depth.stepz: unknown key")
        .hasMessageContaining("did you mean 'steps'?")
        .hasMessageContaining("outputs.tok_depth.temperature: found text 'hot'");
    assertThatThrownBy(() -> PRESETS.get("demo-rgball"))
        .hasMessageContaining("there is no preset 'demo-rgball'")
        .hasMessageContaining("did you mean 'demo-rgb2all'?");
    assertThatThrownBy(() -> PRESETS.get("../secret")).hasMessageContaining("there is no preset");
  }
}
