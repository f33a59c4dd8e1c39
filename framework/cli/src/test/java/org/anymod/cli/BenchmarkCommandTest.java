package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands run on tiny numbers and print what they say; how fast that is nobody judges. */
class BenchmarkCommandTest {
  @TempDir Path folder;

  private static CommandRun train(String... more) {
    List<Object> words =
        new ArrayList<>(List.of("benchmark", "train", "--dim", 16, "--encoder-layers", 1));
    words.addAll(List.of("--decoder-layers", 1, "--heads", 2, "--batch", 2, "--warmup", 1));
    words.addAll(List.of("--input-tokens", 8, "--target-tokens", 8, "--grid", 4));
    words.addAll(List.of("--steps", 2, "--product-size", 32, "--vocabulary", 16));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void trainComparesNumbersOfModalities() throws IOException {
    JsonNode report = json(train("--modalities", "2,5", "--format", "json"));
    assertThat(report.get("dim").asInt()).isEqualTo(16);
    assertThat(report.get("runs")).hasSize(2);
    assertThat(report.get("runs").get(0).get("step_time_ratio").asDouble()).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      JsonNode result = report.get("runs").get(i).get("result");
      assertThat(result.get("modalities").asInt()).isEqualTo(i == 0 ? 2 : 5);
      assertThat(result.get("new_tensors").asInt()).isZero();
      assertThat(result.get("steps_per_second").asDouble()).isPositive();
      assertThat(result.get("share_of_large_product").asDouble()).isPositive();
      assertThat(result.has("peak_resident_mib")).isTrue();
    }
  }

  @Test
  void trainPrintsAColumnForEachNumber() {
    CommandRun run = train("--modalities", "2,3", "--set", "model.qk_norm=true");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("width 16, 1 + 1 blocks, 2 heads")
        .containsPattern("modalities +2 +3\n")
        .containsPattern("share of large product +[0-9.]+ % +[0-9.]+ %")
        .containsPattern("time of a step, relative +1\\.000 +[0-9.]+");
    assertThat(run.err()).contains("benchmark: 2 modalities", "benchmark: 3 modalities");
  }

  private static CommandRun sample(String... more) {
    List<Object> words =
        new ArrayList<>(List.of("benchmark", "sample", "--dim", 16, "--encoder-layers", 1));
    words.addAll(List.of("--decoder-layers", 1, "--heads", 2, "--text-tokens", 4, "--steps", 2));
    words.addAll(List.of("--repeats", 1, "--vocabulary", 16, "--words", 20, "--outputs", "1,3"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @Test
  void sampleComparesCachesGuidanceAndChains() throws IOException {
    JsonNode result = json(sample("--format", "json")).get("result");
    assertThat(result.get("modalities").asInt()).isEqualTo(21);
    assertThat(result.get("texts")).hasSize(2);
    JsonNode late = result.get("texts").get(1);
    assertThat(late.get("context_tokens").asInt()).isEqualTo(9 * 196);
    assertThat(late.get("whole").get("ratio").asDouble()).isPositive();
    assertThat(result.get("guidance").get("processor_ratio").asDouble()).isPositive();
    assertThat(result.get("guidance").get("tokens").asInt()).isEqualTo(196);
    assertThat(result.get("chains")).hasSize(2);
    assertThat(result.get("chains").get(1).get("outputs").asInt()).isEqualTo(3);
    assertThat(result.get("new_tensors").asInt()).isZero();
  }

  @Test
  void samplePrintsTablesAndRefusesChainsThatAreTooLong() {
    CommandRun run = sample();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("caches are faster by", "guidance costs", "ms a token");
    CommandRun long20 = sample("--outputs", "20");
    assertThat(long20.exitCode()).isNotZero();
    assertThat(long20.err()).contains("outputs is 20, must be 1 to 19");
  }

  @Test
  void maskMeasuresTwentyOneModalities() throws IOException {
    CommandRun run = CommandRun.of("benchmark", "mask", "--samples", 20, "--format", "json");
    JsonNode result = json(run);
    assertThat(result.get("modalities").asInt()).isEqualTo(21);
    assertThat(result.get("samples").asInt()).isEqualTo(20);
    assertThat(result.get("samples_per_second").asDouble()).isPositive();
  }

  @Test
  void recipeGivesModalitiesMixtureAndTokens() throws IOException {
    TinyRun tiny = TinyRun.in(folder);
    JsonNode mask = json(tiny.command("benchmark mask", "--samples", 5, "--format", "json"));
    assertThat(mask.get("modalities").asInt()).isEqualTo(4);
    assertThat(mask.get("input_tokens").asDouble()).isBetween(1.0, 16.0);

    JsonNode train =
        json(
            tiny.command(
                "benchmark train",
                "--steps",
                2,
                "--warmup",
                1,
                "--product-size",
                32,
                "--input-tokens",
                12,
                "--format",
                "json"));
    assertThat(train.get("dim").asInt()).isEqualTo(16);
    JsonNode result = train.get("runs").get(0).get("result");
    assertThat(result.get("modalities").asInt()).isEqualTo(4);
    assertThat(result.get("batch").asInt()).isEqualTo(4);
    assertThat(result.get("input_tokens").asDouble()).isBetween(1.0, 48.0);

    CommandRun early = tiny.command("benchmark data");
    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.err()).contains("no such folder; run anymod tokenize first");
  }

  @Test
  void saysWhatIsWrongWithOptions() {
    assertMistake("--preset is 'huge', must be one of tiny_6e_6d_gelu", train("--preset", "huge"));
    assertMistake("--modalities is 0, must be at least 1", train("--modalities", "0"));
    assertMistake("must begin with model.", train("--set", "training.batch=3"));
    assertMistake("unknown key", train("--set", "model.hats=3"));
    CommandRun mask = CommandRun.of("benchmark", "mask", "--samples", 0);
    assertMistake("samples is 0, must be at least 1", mask);
  }

  private static void assertMistake(String message, CommandRun run) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("internal error");
  }

  @Test
  void retrieveComparesBothSearches() throws IOException {
    List<Object> words = new ArrayList<>(List.of("benchmark", "retrieve", "--vectors", "50,300"));
    words.addAll(List.of("--width", 8, "--queries", 5, "--top", 3));
    CommandRun text = CommandRun.of(words.toArray());
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).containsPattern("vectors +50 +300\n").contains("true neighbours found");
    words.addAll(List.of("--format", "json"));
    JsonNode results = json(CommandRun.of(words.toArray()));
    assertThat(results).hasSize(2);
    assertThat(results.get(1).get("recall").asDouble()).isGreaterThan(0.9);
    assertThat(results.get(1).get("exact_to_graph").asDouble()).isPositive();
  }
}
