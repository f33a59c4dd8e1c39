package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.TokenContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs together and what does not, through the commands that a user types. */
class TokenContractsTest {
  private static final String KEY = "tok_depth@32";

  @TempDir static Path folder;

  private static TinyRun tiny;
  private static Path otherWeights;
  private static TinyRun other;

  /** A trained run, and a recipe that differs in the weights of one tokenizer alone. */
  @BeforeAll
  static void trainTwice() throws IOException {
    tiny = TinyRun.in(folder);
    Path data = tiny.output().resolve("data");
    ok(CommandRun.of("data", "toyworld", "--output", data, "--train", 8, "--val", 4, "--size", 32));
    Path second = folder.resolve("second");
    ok(tiny.command("tokenizer train", "--set", "output=" + second, "--set", "seed=9"));
    otherWeights = second.resolve("tokenizers/" + KEY + "/model.safetensors");
    assertThat(otherWeights).exists();
    ok(tiny.command("train"));
    other = withWeights(tiny, otherWeights, "other.yaml");
  }

  private static TinyRun withWeights(TinyRun run, Path weights, String name) throws IOException {
    String text = Files.readString(run.recipe());
    Path recipe = run.recipe().resolveSibling(name);
    String own =
        """
          tok_depth@32:
            file: "%s"
            vocabulary: 16
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
        """
            .formatted(weights);
    Files.writeString(recipe, text.replace("  " + KEY + ": *tokenizer\n", own));
    return new TinyRun(recipe, run.output(), run.plugins());
  }

  private static CommandRun ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static Path checkpoint() throws IOException {
    try (Stream<Path> files = Files.list(tiny.output().resolve("checkpoints"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("model-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(ok(run).out());
  }

  private static String identity(TinyRun run) throws IOException {
    return json(run.command("tokenizer inspect", KEY, "--format", "json")).get("identity").asText();
  }

  @Test
  void aCheckpointCarriesWhatItWasTrainedOn() throws IOException {
    try (CheckpointFile file = CheckpointFile.open(checkpoint())) {
      TrainedTokens tokens = TrainedTokens.of(file);
      assertThat(tokens.contracts()).containsOnlyKeys(KEY, "tok_rgb@32");
      assertThat(tokens.contracts().get(KEY))
          .isEqualTo(TokenContract.read(tiny.output().resolve("tokens/train/" + KEY)));
      assertThat(tokens.contracts().get(KEY).tokenizerIdentity()).isEqualTo(identity(tiny));
      assertThat(tokens.vocabulary()).isPresent();
    }
  }

  @Test
  void generateAndEvaluateRefuseAnotherTokenizer() throws IOException {
    Path picture = tiny.validation("rgb");
    Path file;
    try (Stream<Path> files = Files.walk(picture)) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    String[] expected = {
      checkpoint() + " was trained on other tokens than this recipe makes",
      KEY
          + ": tokenizer identity is "
          + identity(other)
          + ", expected "
          + identity(tiny)
          + " (tokenizers."
          + KEY
          + ".file names another tokenizer)"
    };
    CommandRun generated = other.command("generate", "--input", "rgb=" + file, "--output", "depth");
    assertThat(generated.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(generated.err()).contains(expected).doesNotContain("tok_rgb", "internal error");
    CommandRun evaluated = other.command("evaluate");
    assertThat(evaluated.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(evaluated.err()).contains(expected);
    ok(tiny.command("generate", "--input", "rgb=" + file, "--output", "depth"));
  }

  @Test
  void generateRefusesAnotherVocabulary() throws IOException {
    Path text = folder.resolve("words.txt");
    Files.writeString(text, "a sphere and a cone on the ground\n".repeat(5));
    Path vocabulary = folder.resolve("words.json");
    ok(
        CommandRun.of(
            "tokenizer", "train-text", text, "--to", vocabulary, "--bins", 0, "--sentinels", 8));
    CommandRun run = tiny.command("evaluate", "--set", "text.file=" + vocabulary);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(run.err()).contains("text vocabulary is ", "(text.file names another vocabulary)");
  }

  @Test
  void trainDoesNotGoOnWithAnotherTokenizer() throws IOException {
    Path contract = tiny.output().resolve("tokens/train/" + KEY + "/contract.json");
    String before = Files.readString(contract);
    CommandRun run = other.command("train", "--set", "training.steps=9");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(run.err())
        .contains("was trained on other tokens", KEY + ": tokenizer identity is ")
        .doesNotContain("made again");
    assertThat(Files.readString(contract)).isEqualTo(before);
  }

  @Test
  void trainRefusesTokensThatAnotherTokenizerMade() throws IOException {
    Path third = folder.resolve("third");
    String text = Files.readString(other.recipe());
    Path recipe = folder.resolve("third.yaml");
    // Tokens that the first run made, read as they are; a mixture takes them below <root>/train.
    Files.writeString(
        recipe,
        text.replace(
            "data: {root: \"" + tiny.output() + "/data\"}",
            "data: {root: \"%s/data\", sources: [{root: \"%s/tokens\", tokenized: true}]}"
                .formatted(tiny.output(), tiny.output())));
    TinyRun run = new TinyRun(recipe, third, tiny.plugins());
    CommandRun trained = run.command("train", "--set", "output=" + third);
    assertThat(trained.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(trained.err())
        .contains(
            tiny.output().resolve("tokens/train/" + KEY)
                + " was made in another way: "
                + "tokenizer identity is "
                + identity(tiny)
                + ", expected "
                + identity(other)
                + "; make it again with this recipe (anymod tokenize)")
        .doesNotContain("vocabulary is", "seed is", "internal error");
  }

  @Test
  void inspectShowsUseOfCodesAndWhatTheTokensAre() throws IOException {
    JsonNode study = json(tiny.command("tokenizer inspect", KEY, "--format", "json"));
    JsonNode codebook = study.get("codebook");
    int inRanges = 0;
    for (JsonNode count : codebook.get("histogram")) {
      inRanges += count.asInt();
    }
    assertThat(inRanges).isEqualTo(16);
    double best = codebook.get("top").get(0).get("share").asDouble();
    assertThat(best)
        .isGreaterThanOrEqualTo(1.0 / codebook.get("used").asInt())
        .isLessThanOrEqualTo(1);
    assertThat(study.get("contract").get("vocabulary").asInt()).isEqualTo(16);
    assertThat(study.get("traits").get("quantizer").asText()).startsWith("cosine, latent 4");
    assertThat(ok(tiny.command("tokenizer inspect", KEY)).out())
        .contains("most used codes", "codes by use", "RasterSpec", "grid");
  }

  @Test
  void benchmarkComparesTokenizationWithProducts() throws IOException {
    JsonNode result = json(tiny.command("benchmark tokenize", "--samples", 4, "--format", "json"));
    assertThat(result.get("samples").asInt()).isEqualTo(4);
    assertThat(result.get("tokens_per_sample").asInt()).isEqualTo(32);
    assertThat(result.get("samples_per_second").asDouble()).isPositive();
    // A patch of 8 x 8 in three channels, one block, the latent and 16 codes, for 16 places.
    double dim = 16;
    double block = 12 * dim * dim + 2 * 16 * dim;
    double place = 3 * 64 * dim + block + dim * 4 + 4 * 16;
    assertThat(result.get("multiply_adds_per_sample").get("tok_rgb@32").asDouble())
        .isEqualTo(16 * place);
    assertThat(result.get("share_of_encoder_products").asDouble()).isPositive();
    try (Stream<Path> files = Files.list(tiny.output())) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().contains("benchmark"));
    }
    assertThat(ok(tiny.command("benchmark tokenize", "--samples", 4)).out())
        .contains("samples a second", "share of encoders' products");
  }
}
