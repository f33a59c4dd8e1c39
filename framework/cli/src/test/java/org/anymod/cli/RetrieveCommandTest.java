package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retrieval with a tiny model of pictures, depth, text, metadata and an embedding. */
class RetrieveCommandTest {
  private static final int SAMPLES = 9;
  private static final String EMBEDDING = "tok_dinov2_global";

  @TempDir static Path folder;

  private static TinyRun tiny;

  @BeforeAll
  static void train() throws IOException {
    Path output = folder.resolve("run");
    Path recipe = folder.resolve("tiny.yaml");
    Files.writeString(
        recipe,
        """
        name: tiny
        output: "%1$s"
        resolution: 32
        patch: 8
        device: cpu
        modalities:
          rgb@32: {}
          tok_depth@32: {}
          tok_dinov2_global: {}
          caption: {}
          color_palette: {}
          det: {}
          metadata: {}
        plugins:
          det: {labels: [sphere, box, cylinder, cone, person]}
          semseg: {labels: [sky, ground, sphere, box, cylinder, cone, person]}
          dinov2_global: {width: 64, codes: 4}
        data: {root: "%1$s/data", samples_per_shard: 4}
        text: {vocabulary: 4700, sentinels: 8}
        tokenizers:
          tok_depth@32:
            vocabulary: 16
            steps: 5
            batch: 4
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
          tok_dinov2_global:
            vocabulary: 64
            steps: 40
            batch: 8
            settings: {encoder: BottleneckMLP/B_1-Wi_32, quantizer: fsq, levels: "4, 4, 4", loss: mse}
        model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
        masking:
          input_tokens: 16
          target_tokens: 16
          mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
        training: {steps: 3, batch: 4, log_every: 1}
        evaluation: {batch: 4, shown: 1}
        """
            .formatted(output.toString().replace('\\', '/')));
    tiny = new TinyRun(recipe, output, ShippedPlugins.in(folder));
    ok(
        CommandRun.of(
            "data",
            "toyworld",
            "--output",
            output.resolve("data"),
            "--modalities",
            "all",
            "--train",
            16,
            "--val",
            SAMPLES,
            "--size",
            32,
            "--plugins",
            tiny.plugins()));
    ok(tiny.command("train"));
  }

  private static CommandRun ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(ok(run).out());
  }

  private static CommandRun index(String name, Object... more) {
    List<Object> words = new ArrayList<>(List.of("--to", folder.resolve(name)));
    words.addAll(List.of(more));
    return tiny.command("retrieve index", words.toArray());
  }

  private static CommandRun query(String name, Object... more) {
    List<Object> words = new ArrayList<>(List.of("retrieve", "query"));
    words.addAll(List.of(folder.resolve(name), tiny.recipe(), "--plugins", tiny.plugins()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static Path file(String source, int number) throws IOException {
    try (Stream<Path> files = Files.list(tiny.validation(source))) {
      return files.sorted().toList().get(number);
    }
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void refused(CommandRun run, String... parts) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(run.err()).contains(parts);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void findsASampleByItsOwnPredictionAndDrawsTheNeighbours() throws Exception {
    JsonNode made = json(index("depth", "--query", "depth", "--approximate", "--format", "json"));
    assertThat(made.get("graph_recall").asDouble()).isEqualTo(1);
    assertThat(made.get("samples").asInt()).isEqualTo(SAMPLES);
    Path sheet = folder.resolve("neighbours.png");
    CommandRun run =
        query("depth", "--input", "depth=" + file("depth", 0), "--sheet", sheet, "--top", 3);
    assertThat(ok(run).out()).containsPattern("^1 +\\S+ +[01]\\.\\d+").contains("sheet: " + sheet);
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isGreaterThan(600);

    JsonNode exact =
        json(query("depth", "--input", "depth=" + file("depth", 0), "--format", "json"));
    assertThat(exact.get("neighbours")).hasSize(5);
    assertThat(exact.get("embedding").asText()).isEqualTo(EMBEDDING);
    JsonNode graph =
        json(
            query(
                "depth",
                "--input",
                "depth=" + file("depth", 0),
                "--approximate",
                "--format",
                "json"));
    assertThat(graph.get("neighbours")).isEqualTo(exact.get("neighbours"));
  }

  @Test
  void endsWithTheSameBytesHoweverOftenItIsAsked() throws IOException {
    ok(index("first", "--query", "rgb,caption", "--ensemble", 3));
    ok(index("second", "--query", "rgb,caption", "--ensemble", 3));
    Files.delete(folder.resolve("second/vectors-00001.npy"));
    Files.delete(folder.resolve("second/checksums.json"));
    ok(index("second", "--query", "rgb,caption", "--ensemble", 3));
    Map<String, byte[]> expected = files(folder.resolve("first"));
    Map<String, byte[]> found = files(folder.resolve("second"));
    assertThat(expected).containsKeys("vectors-00002.npy", "names.json", "contract.json");
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    refused(
        index("second", "--query", "rgb", "--ensemble", 3),
        "holds another index",
        "query is [rgb@32, caption], expected [rgb@32]");
  }

  @Test
  void asksTrueEmbeddingsWithAnything() throws IOException {
    ok(index("true", "--from", "dinov2_global"));
    List<String> metadata = List.of("{\"semantic_diversity\": 3}", "{\"n_humans\": 2}");
    for (String edited : metadata) {
      JsonNode found =
          json(
              query(
                  "true",
                  "--input",
                  "caption=a red sphere on the ground",
                  "--input",
                  "metadata=" + edited,
                  "--similarity",
                  "l2",
                  "--format",
                  "json"));
      assertThat(found.get("query")).hasSize(2);
      assertThat(found.get("neighbours").get(0).get("score").asDouble()).isNegative();
    }
  }

  @Test
  void refusesQueriesOfAnotherModel() throws IOException {
    ok(index("old", "--query", "rgb"));
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("longer"));
    ok(tiny.command("train", "--set", "output=" + copy, "--set", "training.steps=4"));
    String input = "rgb=" + file("rgb", 0);
    refused(
        query("old", "--input", input, "--set", "output=" + copy),
        "was made in another way than this recipe makes queries",
        "model is ");
    String sampling = "sampling.tok_dinov2_global={scheme: roar, steps: 2}";
    refused(query("old", "--input", input, "--set", sampling), "sampling is ");
  }

  @Test
  void explainsMistakes() throws IOException {
    ok(index("small", "--query", "rgb", "--samples", 3));
    String input = "rgb=" + file("rgb", 0);
    refused(index("x"), "name either what to predict from with --query, or files with --from");
    refused(index("x", "--query", "sound"), "'sound' is no input of this run");
    refused(index("x", "--query", "rgb", "--embedding", "caption"), "'caption' is not an output");
    refused(query("small", "--input", input, "--top", 4), "--top is 4, must be from 1 to the 3");
    refused(query("none", "--input", input), "is no index: contract.json is missing");
    refused(query("small", "--input", input, "--approximate"), "has no graph");
    refused(query("small", "--input", input, "--similarity", "dot"), "must be cosine or l2");
    Path vectors = folder.resolve("small/vectors-00000.npy");
    Files.write(vectors, new byte[100]);
    refused(query("small", "--input", input), "vectors-00000.npy has 100 bytes, must have");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void measuresEachQueryAgainstChance() throws IOException {
    JsonNode found =
        json(tiny.command("retrieve evaluate", "--query", "all,rgb+caption", "--format", "json"));
    JsonNode retrieval = found.get("retrieval");
    assertThat(retrieval.get("gallery").asText()).isEqualTo("files");
    assertThat(retrieval.get("samples").asInt()).isEqualTo(SAMPLES);
    assertThat(retrieval.get("queries"))
        .hasSize(7)
        .allSatisfy(
            query -> {
              assertThat(query.get("recall@9").asDouble()).isEqualTo(1);
              assertThat(query.get("recall@1").asDouble()).isBetween(0.0, 1.0);
              assertThat(query.get("median_rank").asDouble()).isBetween(1.0, 9.0);
            });
    assertThat(retrieval.get("chance").get("recall@1").asDouble()).isEqualTo(1.0 / SAMPLES);
    assertThat(retrieval.get("chance").get("recall@5").asDouble()).isEqualTo(5.0 / SAMPLES);
    assertThat(retrieval.get("tokenizer").get("recall@1").asDouble()).isPositive();
    assertThat(Files.readString(tiny.output().resolve("retrieval/report.html")))
        .contains("Finding samples again", "Nearest from caption", "chance", "recall@5");
    CommandRun text = ok(tiny.command("retrieve evaluate", "--query", "depth", "--gallery", "rgb"));
    assertThat(text.out()).containsPattern("from +recall@1 +recall@5 +recall@9 +median rank");
    refused(
        tiny.command("retrieve evaluate", "--query", "dinov2_global"), "is the embedding itself");
  }

  @Test
  void evaluationHasItsFiguresWhereTheRecipeAsks() throws IOException {
    ok(
        tiny.command(
            "evaluate",
            "--set",
            "evaluation.outputs=[tok_depth@32]",
            "--set",
            "evaluation.inputs=[rgb@32]",
            "--set",
            "evaluation.retrieval={queries: [rgb@32], top: 3, shown: 0}"));
    JsonNode report = new ObjectMapper().readTree(tiny.output().resolve("report.json").toFile());
    assertThat(report.get("retrieval").get("queries").get("rgb@32").has("recall@3")).isTrue();
    assertThat(report.get("skill").has("rgb->depth")).isTrue();
  }
}
