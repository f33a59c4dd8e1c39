package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages of a tiny run, through the commands that a user types. */
class WholeRunTest {
  @TempDir static Path folder;

  private static TinyRun tiny;
  private static CommandRun quickstart;

  @BeforeAll
  static void runEverything() throws IOException {
    tiny = TinyRun.in(folder);
    quickstart =
        CommandRun.of(
            "quickstart", "--recipe", tiny.recipe(), "--scenes", 12, "--plugins", tiny.plugins());
    assertThat(quickstart.exitCode()).as(quickstart.err()).isZero();
  }

  @Test
  void quickstartSaysHowLongEachStageTook() {
    for (String stage :
        List.of(
            "data",
            "vocabulary",
            "tokenizer tok_rgb@32",
            "tokenizer tok_depth@32",
            "tokens train",
            "model",
            "evaluation")) {
      assertThat(quickstart.err()).containsPattern("stage " + stage + ": [0-9.]+ s");
    }
    assertThat(quickstart.err()).contains("train: 6/6 steps", "loss ");
  }

  @Test
  void aDryRunSaysWhatIsDoneAndWhatIsStillNeeded() throws IOException {
    CommandRun run = tiny.command("train --dry-run", "--set", "training.steps=10");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("tokenizer tok_depth@32 +trained")
        .containsPattern("tokens train +begun or there")
        .containsPattern("model +6 of 10 steps are done")
        .containsPattern("a step: [0-9.]+ GFLOP of products, at least [0-9.]+ s")
        .contains("memory of each, without activations", "time of the model's training: at least");
    JsonNode json =
        new ObjectMapper().readTree(tiny.command("train --dry-run", "--format", "json").out());
    assertThat(json.path("plan").size()).isEqualTo(4);
    assertThat(json.path("seconds_at_least").asDouble()).isZero();
  }

  @Test
  void quickstartAgainDoesOnlyTheEvaluation() throws IOException {
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("copy"));
    CommandRun again =
        CommandRun.of(
            "quickstart",
            "--recipe",
            tiny.recipe(),
            "--set",
            "output=" + copy,
            "--set",
            "evaluation.outputs=[tok_depth@32]",
            "--plugins",
            tiny.plugins());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).containsOnlyOnce("stage ").contains("stage evaluation");
    assertThat(again.out()).contains(copy + "/report.html");
  }

  @Test
  void evaluationPrintsTheSameTableEachTime() throws IOException {
    JsonNode before = report();
    CommandRun evaluate = tiny.command("evaluate");
    JsonNode after = report();
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(quickstart.out()).startsWith(evaluate.out());
    for (String part : List.of("skill", "figures", "tokenizers", "losses")) {
      assertThat(after.get(part)).as(part).isEqualTo(before.get(part));
    }
  }

  @Test
  void reportHasSkillOfEveryPairAndHowItCameAbout() throws IOException {
    JsonNode report = report();
    List<String> names = new ArrayList<>();
    report.get("skill").fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "rgb->depth",
            "rgb->caption",
            "depth->rgb",
            "depth->caption",
            "caption->rgb",
            "caption->depth");
    for (String name : names) {
      JsonNode figures = report.get("figures").get(name);
      double skill = 1 - figures.get("error").asDouble() / figures.get("constant_error").asDouble();
      assertThat(report.get("skill").get(name).asDouble()).isEqualTo(skill);
      String error = figures.get("error_name").asText();
      assertThat(figures.get("prediction").get(error)).isEqualTo(figures.get("error"));
      assertThat(figures.get("constant").get(error)).isEqualTo(figures.get("constant_error"));
      assertThat(quickstart.out()).contains(String.format(Locale.ROOT, "%.3f", skill));
    }
  }

  @Test
  void reportHasTheFactsOfTheRun() throws IOException {
    JsonNode run = report().get("run");
    assertThat(run.get("name").asText()).isEqualTo("tiny");
    assertThat(run.get("samples").asInt()).isEqualTo(4);
    assertThat(run.get("training_samples").asInt()).isEqualTo(12);
    assertThat(run.get("steps").asInt()).isEqualTo(6);
    assertThat(run.get("parameters").asLong()).isPositive();
    assertThat(run.get("device").asText()).startsWith("cpu");
    assertThat(run.get("seconds").get("model").asDouble()).isPositive();
    assertThat(report().get("losses").get("step").asInt()).isEqualTo(6);
    assertThat(report().get("tokenizers").has("tok_depth@32")).isTrue();
  }

  @Test
  void matrixStandsInFilesOfItsOwn() throws IOException {
    JsonNode matrix = json(tiny.output().resolve("matrix.json"));
    assertThat(matrix.get("skill")).hasSize(3).allMatch(row -> row.size() == 3);
    JsonNode report = report();
    matrix
        .get("pairs")
        .properties()
        .forEach(
            pair -> {
              assertThat(pair.getValue().get("skill"))
                  .isEqualTo(report.get("skill").get(pair.getKey()));
              assertThat(pair.getValue().get("samples").asInt()).isEqualTo(4);
            });
    BufferedImage picture = ImageIO.read(tiny.output().resolve("matrix.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(300);
    assertThat(Files.readString(tiny.output().resolve("report.html")))
        .contains("<svg class=\"heat\"", "<title>rgb-&gt;depth, 4 samples");
  }

  @Test
  void evaluateTakesInputsOutputsAndGroupsFromTheCommandLine() throws IOException {
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("chosen"));
    String[] settings = {"output=" + copy, "evaluation.ensemble_sizes=[1, 3]"};
    CommandRun run =
        tiny.command(
            "evaluate",
            "--inputs",
            "rgb,rgb+caption",
            "--outputs",
            "depth",
            "--samples",
            3,
            "--format",
            "json",
            "--set",
            settings[0],
            "--set",
            settings[1]);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    List<String> names = new ArrayList<>();
    result.get("skill").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("rgb->depth", "rgb+caption->depth");
    JsonNode pair = json(copy.resolve("matrix.json")).get("pairs").get("rgb+caption->depth");
    assertThat(pair.get("samples").asInt()).isEqualTo(3);
    assertThat(pair.get("ensembles")).hasSize(2);
    assertThat(Files.readString(copy.resolve("report.html")))
        .contains("Effect of ensembles", "another sample's truth", "delta3");
    assertThat(copy.resolve("evaluation").toFile().list())
        .noneMatch(name -> name.endsWith(".json") || name.endsWith(".bin"));

    CommandRun unknown = tiny.command("evaluate", "--inputs", "smell");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("'smell' is no input of this run; there are caption, rgb@32");
    CommandRun both = tiny.command("evaluate", "--matrix", "--inputs", "rgb");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("leave out --inputs");
  }

  @Test
  void pageShowsEverySampleWithItsPredictions() throws IOException {
    String page = Files.readString(tiny.output().resolve("report.html"));
    assertThat(page)
        .contains("Sample 90000000", "Sample 90000001", "from depth", "best constant")
        .contains("its tokenizer alone", "Loss by modality", "loss (nats)")
        .doesNotContain("Sample 90000002", "http://", "https://");
    // Two pictures in each of truth and three rows of predictions, for both samples.
    assertThat(page.split("<img ", -1)).hasSize(1 + 2 * 4 * 2);
  }

  @Test
  void tokenizerReportShowsUseOfCodesAndCurves() throws IOException {
    CommandRun run = tiny.command("tokenizer train", "--only", "depth");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("stage ");
    Path page = tiny.output().resolve("tokenizers/report.html");
    assertThat(run.out()).contains("tok_depth@32: ", page.toString()).doesNotContain("tok_rgb");
    assertThat(Files.readString(page))
        .contains("reconstruction", "Perplexity", "Loss", "Skill on unseen samples in training")
        .contains("tok_depth@32 in training", "step 2", "step 20");
    JsonNode data = json(page.resolveSibling("report.json")).get("tokenizers").get("tok_rgb@32");
    assertThat(data.get("codes").asInt()).isEqualTo(16);
    assertThat(data.get("used").asInt()).isBetween(1, 16);
    assertThat(data.get("skill").asDouble()).isLessThan(1).isNotNaN();
    assertThat(tiny.output().resolve("logs/tokenizer-tok_rgb@32/step-00000020.png")).exists();
    assertThat(data.get("perplexity").asDouble()).isBetween(1.0, 16.0);
  }

  @Test
  void inspectSendsAFileThroughATokenizerAndBack() throws IOException {
    Path file = tiny.validation("depth").resolve("90000001.png");
    CommandRun run =
        tiny.command("tokenizer inspect", "depth", "--input", file, "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.get("samples").asInt()).isEqualTo(12);
    assertThat(result.get("identity").asText()).matches("[0-9a-f]{64}");
    assertThat(result.get("numbers").asLong()).isPositive();
    assertThat(result.get("codebook").get("norms").get("max").asDouble()).isPositive();
    assertThat(result.get("input").get("tokens")).hasSize(16);
    BufferedImage picture =
        ImageIO.read(Path.of(result.get("input").get("picture").asText()).toFile());
    assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());
  }

  @Test
  void compareShowsTokenizersOfSeveralRecipesSideBySide() throws IOException {
    Path twin = tiny.recipe().resolveSibling("twin.yaml");
    String text = Files.readString(tiny.recipe());
    Files.writeString(twin, text.replace("name: tiny", "name: twin"));
    Path target = tiny.output().resolveSibling("compared");
    CommandRun run =
        CommandRun.of(
            "tokenizer",
            "compare",
            "depth",
            tiny.recipe(),
            twin,
            "--to",
            target,
            "--plugins",
            tiny.plugins());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode data = json(target.resolve("report.json"));
    assertThat(data.get("tiny").get("figures")).isEqualTo(data.get("twin").get("figures"));
    assertThat(data.get("tiny").get("tokens").asInt()).isEqualTo(16);
    // The originals once, and the reconstructions of both.
    assertThat(Files.readString(target.resolve("report.html")).split("<img ", -1))
        .hasSize(1 + 3 * 8);
    CommandRun same =
        CommandRun.of(
            "tokenizer",
            "compare",
            "depth",
            twin,
            twin,
            "--to",
            target,
            "--plugins",
            tiny.plugins());
    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(same.err()).contains("two runs are named 'twin'");
  }

  @Test
  void tokenizeWritesBothSplits() {
    CommandRun run = tiny.command("tokenize");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(tiny.output().resolve("tokens/train/tok_rgb@32")).isNotEmptyDirectory();
    assertThat(tiny.output().resolve("tokens/val/tok_rgb@32")).isNotEmptyDirectory();
  }

  @Test
  void benchmarkReadsTheTokensOfTheRun() throws IOException {
    CommandRun run = tiny.command("benchmark data", "--samples", 30, "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.get("split").asText()).isEqualTo("train");
    assertThat(result.get("size").asInt()).isEqualTo(12);
    assertThat(result.get("samples").asInt()).isEqualTo(30);
    assertThat(result.get("bytes_per_sample").asDouble()).isGreaterThan(100);
    assertThat(result.get("decoded_samples_per_second").asDouble()).isPositive();
    assertThat(tiny.command("benchmark data", "--samples", 5).out())
        .contains("train, 12 samples", "read and decoded");
  }

  @Test
  void generateWritesFilesThatCanBeGivenAgain() throws IOException {
    Path made = folder.resolve("made");
    Path picture = tiny.validation("rgb").resolve("90000002.png");
    CommandRun run =
        tiny.command("generate", "--input", "rgb=" + picture, "--samples", 2, "--to", made);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(made)
        .isDirectoryContaining("glob:**/depth-0002.png")
        .isDirectoryContaining("glob:**/caption-0001.txt")
        .isDirectoryContaining("glob:**/sheet.png")
        .isDirectoryNotContaining("glob:**/rgb*");
    CommandRun back =
        tiny.command(
            "generate",
            "--input",
            "tok_depth@32=" + made.resolve("depth-0002.png"),
            "--input",
            "caption=a red box on the left",
            "--output",
            "tok_rgb",
            "--to",
            made);
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(ImageIO.read(made.resolve("rgb.png").toFile()).getWidth()).isEqualTo(32);
  }

  @Test
  void generateIsAFunctionOfItsSeed() throws IOException {
    assertThat(drawn("a", 5)).isEqualTo(drawn("b", 5)).isNotEqualTo(drawn("c", 6));
  }

  private static byte[] drawn(String name, int seed) throws IOException {
    Path to = folder.resolve("seed-" + name);
    CommandRun run =
        tiny.command(
            "generate", "--input", "caption=words", "--output", "rgb", "--seed", seed, "--to", to);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readAllBytes(to.resolve("rgb.png"));
  }

  @Test
  void generateSaysWhatIsWrongWithItsInputs() {
    assertMistake("'smell' is no input of this run; there are caption, rgb@32", "smell=a");
    assertMistake("no such file, must be a file of type png", "depth=missing.png");
    assertMistake("no such file, must be a file of type txt", "caption=missing.txt");
    assertMistake("--input is 'caption', must be KEY=FILE or KEY=TEXT", "caption");
    assertMistake("tiny.yaml: ", "rgb=" + tiny.recipe());
  }

  private static void assertMistake(String message, String input) {
    CommandRun run = tiny.command("generate", "--input", input);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("internal error");
  }

  @Test
  void checkpointIsInspectedAndPublished() throws IOException {
    Path weights = weights();
    CommandRun inspect = CommandRun.of("checkpoint", "inspect", weights, "--format", "json");
    assertThat(inspect.exitCode()).as(inspect.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(inspect.out());
    assertThat(found.get("headless")).isEqualTo(report().get("run").get("parameters"));
    assertThat(found.get("network").get("encoder_layers").asInt()).isEqualTo(1);
    assertThat(found.get("metadata").get("step").asInt()).isEqualTo(6);
    assertThat(found.get("tensors").size()).isGreaterThan(30);

    Path published = folder.resolve("published.safetensors");
    CommandRun convert =
        CommandRun.of(
            "checkpoint",
            "convert",
            weights,
            published,
            "--form",
            "published",
            "--type",
            "bfloat16");
    assertThat(convert.exitCode()).as(convert.err()).isZero();
    assertThat(convert.out())
        .contains("4 metadata keys dropped: anymod.contract.tok_depth@32; ", "; step");
    CommandRun text = CommandRun.of("checkpoint", "inspect", published, "--tensors");
    assertThat(text.out())
        .contains("BF16", "decoder_embeddings.caption.to_logits.weight", "domains_in");
    CommandRun again = CommandRun.of("checkpoint", "convert", weights, published);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("--overwrite replaces it");
  }

  @Test
  void checkpointIsExtendedByADroppedInModality() throws IOException {
    Path wider = folder.resolve("wider.yaml");
    Files.writeString(
        wider,
        Files.readString(tiny.recipe())
            .replace("  caption: {}\ndata:", "  caption: {}\n  color_palette: {}\ndata:"));
    Path target = folder.resolve("wider.safetensors");
    CommandRun withoutVocabulary = extend(wider, target, "output=" + folder.resolve("elsewhere"));
    assertThat(withoutVocabulary.exitCode()).isEqualTo(2);
    assertThat(withoutVocabulary.err()).contains("name the vocabulary of the run that made");

    CommandRun run = extend(wider, target, "seed=0");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 added: decoder_embeddings.color_palette; encoder_embeddings.color_palette");
    assertSameLosses(weights(), target);
    CommandRun narrow = extend(tiny.recipe(), folder.resolve("narrow"), "seed=0", "--from", target);
    assertThat(narrow.exitCode()).isEqualTo(2);
    assertThat(narrow.err())
        .contains("color_palette; add them to it, or leave them out with --drop");
  }

  private static void assertSameLosses(Path one, Path other) throws IOException {
    Object[] both = {"--weights", one, "--weights", other};
    CommandRun text = tiny.command("checkpoint losses", both);
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("1: " + one, "2: " + other)
        .containsPattern("tok_depth@32 +([0-9.]+) +\\1 \\(\\+0.00 %\\)");
    CommandRun run =
        tiny.command("checkpoint losses", both[0], one, both[2], other, "--format", "json");
    JsonNode losses = new ObjectMapper().readTree(run.out());
    List<String> keys = new ArrayList<>();
    losses.get(0).get("by_modality").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrder("tok_rgb@32", "tok_depth@32", "caption");
    assertThat(losses.get(0).get("loss").asDouble()).isBetween(0.5, 10.0);
    for (String part : List.of("loss", "by_modality")) {
      assertThat(losses.get(1).get(part)).isEqualTo(losses.get(0).get(part));
    }
  }

  private static CommandRun extend(Path recipe, Path target, String set, Object... from)
      throws IOException {
    List<Object> words = new ArrayList<>(List.of("checkpoint", "extend", recipe));
    words.addAll(List.of("--output", target, "--set", set, "--plugins", tiny.plugins()));
    words.addAll(from.length == 0 ? List.of("--from", weights()) : List.of(from));
    return CommandRun.of(words.toArray());
  }

  @Test
  void damagedWeightsAreAMistakeThatIsNamed() throws IOException {
    Path cut = folder.resolve("cut.safetensors");
    byte[] bytes = Files.readAllBytes(weights());
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 9));
    CommandRun run = CommandRun.of("checkpoint", "inspect", cut);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(cut.toString(), "the file may be cut off");
  }

  private static Path weights() {
    return tiny.output().resolve("checkpoints/model-00000006.safetensors");
  }

  private static JsonNode report() throws IOException {
    return json(tiny.output().resolve("report.json"));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
