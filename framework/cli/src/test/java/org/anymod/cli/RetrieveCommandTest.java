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

  @TempDir static Path folder;

  private static TinyRun tiny;

  @BeforeAll
  static void train() throws IOException {
    List<String> more = List.of("color_palette", "det", "metadata");
    tiny = EmbeddingRun.trained(folder, more, 4, "all", SAMPLES);
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.ok().out());
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
    assertThat(run.ok().out()).containsPattern("^1 +\\S+ +[01]\\.\\d+").contains("sheet: " + sheet);
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isGreaterThan(600);

    JsonNode exact =
        json(query("depth", "--input", "depth=" + file("depth", 0), "--format", "json"));
    assertThat(exact.get("neighbours")).hasSize(5);
    assertThat(exact.get("embedding").asText()).isEqualTo(EmbeddingRun.EMBEDDING);
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
    index("first", "--query", "rgb,caption", "--ensemble", 3).ok();
    index("second", "--query", "rgb,caption", "--ensemble", 3).ok();
    Files.delete(folder.resolve("second/vectors-00001.npy"));
    Files.delete(folder.resolve("second/checksums.json"));
    index("second", "--query", "rgb,caption", "--ensemble", 3).ok();
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
    index("true", "--from", "dinov2_global").ok();
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
    index("old", "--query", "rgb").ok();
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("longer"));
    tiny.command("train", "--set", "output=" + copy, "--set", "training.steps=4").ok();
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
    index("small", "--query", "rgb", "--samples", 3).ok();
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
    CommandRun text =
        tiny.command("retrieve evaluate", "--query", "depth", "--gallery", "rgb").ok();
    assertThat(text.out()).containsPattern("from +recall@1 +recall@5 +recall@9 +median rank");
    refused(
        tiny.command("retrieve evaluate", "--query", "dinov2_global"), "is the embedding itself");
  }

  @Test
  void evaluationHasItsFiguresWhereTheRecipeAsks() throws IOException {

    tiny.command(
            "evaluate",
            "--set",
            "evaluation.outputs=[tok_depth@32]",
            "--set",
            "evaluation.inputs=[rgb@32]",
            "--set",
            "evaluation.retrieval={queries: [rgb@32], top: 3, shown: 0}")
        .ok();
    JsonNode report = new ObjectMapper().readTree(tiny.output().resolve("report.json").toFile());
    assertThat(report.get("retrieval").get("queries").get("rgb@32").has("recall@3")).isTrue();
    assertThat(report.get("skill").has("rgb->depth")).isTrue();
  }
}
