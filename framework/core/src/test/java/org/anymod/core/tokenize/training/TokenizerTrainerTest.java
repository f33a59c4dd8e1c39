package org.anymod.core.tokenize.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.core.recipe.ResolutionsRecipe;
import org.anymod.core.training.TrainingException;
import org.anymod.spi.Loss;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole trainings of tiny tokenizers. */
class TokenizerTrainerTest {
  @TempDir static Path folder;

  private static TinyWorld world;

  @BeforeAll
  static void makeWorld() throws Exception {
    world = TinyWorld.in(folder);
  }

  private static Run run(String name, TokenizerSettings settings) {
    return world.untrained(name, settings.recipe(), true);
  }

  private static UsedModality tokens(Run run) {
    return run.modalities().get(TinyWorld.TOKENS);
  }

  private static void train(Run run, TokenizerWatcher watcher, StopSignal stop) throws Exception {
    run.trainTokenizer(tokens(run), watcher, Progress.silent(), stop);
  }

  private static Run trained(String name, TokenizerSettings settings) throws Exception {
    Run run = run(name, settings);
    train(run, seen -> {}, new StopSignal());
    return run;
  }

  private static byte[] weights(Run run) throws IOException {
    return Files.readAllBytes(run.tokenizers().weights(tokens(run)));
  }

  private static Path logFile(Run run) {
    return run.folders().logs().resolve("tokenizer-" + TinyWorld.TOKENS + ".jsonl");
  }

  private static List<JsonNode> log(Run run) throws IOException {
    return TokenizerJournal.log(run.folders().logs(), TinyWorld.TOKENS).read();
  }

  private static Map<String, float[]> numbers(Map<String, NDArray> tensors) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> numbers.put(name, tensor.toFloatArray()));
    return numbers;
  }

  private static void assertGoesOn(String name, TokenizerSettings settings) throws Exception {
    Run whole = trained(name + "-whole", settings);
    Run disturbed = run(name + "-disturbed", settings);
    // The power goes after the check at step 5; steps up to 4 are saved.
    TokenizerWatcher kill =
        seen -> {
          throw new IOException("killed after step " + seen.step());
        };
    assertThatThrownBy(() -> train(disturbed, kill, new StopSignal()))
        .hasMessage("killed after step 5");
    assertThat(disturbed.tokenizers().isTrained(tokens(disturbed))).isFalse();
    StopSignal stop = new StopSignal();
    train(disturbed, seen -> stop.request(), stop);
    assertThat(disturbed.tokenizers().isTrained(tokens(disturbed))).isFalse();
    assertThatThrownBy(() -> train(disturbed, kill, new StopSignal()))
        .hasMessage("killed after step 10");
    train(disturbed, seen -> {}, new StopSignal());
    assertThat(weights(disturbed)).isEqualTo(weights(whole));
    assertThat(logFile(disturbed)).hasSameTextualContentAs(logFile(whole));
    assertThat(disturbed.tokenizers().progress(tokens(disturbed))).isEmpty();
  }

  @Test
  void endsWithTheSameBitsAfterAStopAndKills() throws Exception {
    assertGoesOn("vq", TokenizerSettings.vq().everything());
    assertGoesOn("diffusion", TokenizerSettings.diffusion().everything());
  }

  @Test
  void savesTheAverageButTheCodebookAsItIs() throws Exception {
    Run run = run("average", TokenizerSettings.vq());
    try (TrainableTokenizer tokenizer = (TrainableTokenizer) run.tokenizers().create(tokens(run));
        AveragedTokenizer average = new AveragedTokenizer(tokenizer, 0.25)) {
      Map<String, float[]> expected = numbers(average.state());
      assertThat(expected).doesNotContainKey("quantize._codebook.embed").hasSizeGreaterThan(10);
      for (int i = 0; i < 3; i++) {
        float[] data = new float[64];
        data[i] = 1;
        List<Value> values = List.of(new Value.Raster(1, 8, 8, data));
        tokenizer.step(TrainingStep.of(values, 1e-2, StreamRandom.at(1, "step", i)));
        average.follow(i + 1);
        double decay = Math.min(0.25, (2.0 + i) / (11.0 + i));
        numbers(tokenizer.state())
            .forEach(
                (name, weight) ->
                    expected.computeIfPresent(name, (n, old) -> moved(old, weight, decay)));
      }
      Map<String, float[]> raw = numbers(tokenizer.state());
      Map<String, float[]> used = average.during(() -> numbers(tokenizer.state()));
      raw.forEach(
          (name, weight) ->
              assertThat(used.get(name))
                  .as(name)
                  .containsExactly(expected.getOrDefault(name, weight), within(1e-6f)));
      assertThat(used.get("decoder.out_proj.weight"))
          .isNotEqualTo(raw.get("decoder.out_proj.weight"));
      assertThat(numbers(tokenizer.state())).usingRecursiveComparison().isEqualTo(raw);
    }
  }

  private static float[] moved(float[] average, float[] weight, double decay) {
    float[] moved = new float[average.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (decay * average[i] + (1 - decay) * weight[i]);
    }
    return moved;
  }

  @Test
  void averagesWhatItSaves() throws Exception {
    TokenizerSettings settings = TokenizerSettings.vq();
    Run raw = trained("raw", settings);
    settings.ema = 0.9;
    Run averaged = trained("averaged", settings);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> a =
          SafeTensors.read(raw.tokenizers().weights(tokens(raw)), scope.manager());
      Map<String, NDArray> b =
          SafeTensors.read(averaged.tokenizers().weights(tokens(averaged)), scope.manager());
      assertThat(b.keySet()).isEqualTo(a.keySet());
      assertThat(b.get("encoder.proj.weight").toFloatArray())
          .isNotEqualTo(a.get("encoder.proj.weight").toFloatArray());
      assertThat(b.get("quantize._codebook.embed").toFloatArray())
          .isEqualTo(a.get("quantize._codebook.embed").toFloatArray());
    }
  }

  @Test
  void tellsHowGoodItIsOnTheWay() throws Exception {
    TokenizerSettings settings = TokenizerSettings.vq();
    settings.steps = 120;
    settings.checkEvery = 50;
    settings.ema = 0.9;
    Run run = trained("checks", settings);
    List<JsonNode> checks = log(run).stream().filter(line -> line.has("check/skill")).toList();
    assertThat(checks).extracting(line -> line.get("step").asInt()).containsExactly(50, 100, 120);
    JsonNode last = checks.get(2);
    for (String figure : List.of("l1", "skill", "used", "unused", "perplexity")) {
      assertThat(last.has("check/" + figure)).as(figure).isTrue();
      assertThat(last.has("check/ema/" + figure)).as(figure).isTrue();
    }
    assertThat(last.get("check/skill").asDouble()).isBetween(0.5, 1.0);
    assertThat(last.get("check/unused").asDouble())
        .isCloseTo(16 * (1 - last.get("check/used").asDouble()), within(1e-9));
    Path board = run.folders().logs().resolve("tensorboard/tokenizer-" + TinyWorld.TOKENS);
    try (Stream<Path> files = Files.list(board)) {
      assertThat(files).singleElement().asString().contains("tfevents");
    }
  }

  private record Broken() implements Loss {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public NDArray evaluate(NDArray output, NDArray target) {
      return output.sub(target).mean().mul(Float.NaN);
    }
  }

  @Test
  void namesTheValuesOfAStepWhoseLossIsNoNumber() {
    TokenizerSettings settings = TokenizerSettings.vq().with("loss", "broken");
    Run run = world.untrained("broken", settings.recipe(), false, new Broken());
    assertThatThrownBy(() -> train(run, seen -> {}, new StopSignal()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("tokenizer tok_square@8: the loss is NaN at step 1, whose values are")
        .hasMessageMatching("(?s).* 0 to 5 of the stream, samples s\\d+(, s\\d+){5}; lower.*")
        .hasMessageContaining("lower tokenizers.tok_square@8.learning_rate or raise its warmup");
    assertThat(run.tokenizers().progress(tokens(run))).isEmpty();
  }

  /** Nothing on the way, such as the count of codes, may fail before. */
  @ParameterizedTest
  @ValueSource(strings = {"cosine", "euclidean", "memcodes", "fsq", "diffusion"})
  void saysOfEachFamilyThatWeightsWentAstray(String family) {
    TokenizerSettings settings =
        switch (family) {
          case "fsq" -> TokenizerSettings.levels();
          case "diffusion" -> TokenizerSettings.diffusion();
          case "memcodes" -> TokenizerSettings.plain().with("quantizer", family, "codebooks", 1);
          default -> TokenizerSettings.vq().with("quantizer", family);
        };
    settings.learningRate = 1e30;
    Run run = run("astray-" + family, settings);
    assertThatThrownBy(() -> train(run, seen -> {}, new StopSignal()))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "(?s)tokenizer tok_square@8: the (loss|gradient norm) is .*at step \\d.*");
  }

  @Test
  void refusesSizesWhenTheRecipeIsRead() {
    TokenizerSettings settings = TokenizerSettings.vq();
    settings.resolutions = new ResolutionsRecipe(OptionalInt.of(4), OptionalInt.of(8), 2);
    assertThatThrownBy(() -> run("sizes", settings))
        .hasMessage(
            "tokenizers.tok_square@8.resolutions: 6 pixels are no multiple of 4, which this"
                + " tokenizer needs");
  }

  @Test
  void saysThatProgressBelongsToOtherSettings() throws Exception {
    TokenizerSettings settings = TokenizerSettings.vq();
    Run first = run("other", settings);
    assertThatThrownBy(
            () ->
                train(
                    first,
                    seen -> {
                      throw new IOException("killed");
                    },
                    new StopSignal()))
        .hasMessage("killed");
    Run second = run("other", settings.with("dim", 32));
    assertThatThrownBy(() -> train(second, seen -> {}, new StopSignal()))
        .hasMessageContaining("was left by a training with other settings")
        .hasMessageContaining("training.safetensors");
  }

  @Test
  void computesInBfloat16OnFloat32Weights() throws Exception {
    TokenizerSettings settings = TokenizerSettings.vq();
    settings.checkEvery = 0;
    Run wide = trained("wide", settings);
    settings.precision = "bfloat16";
    Run narrow = trained("narrow", settings);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      assertThat(
              SafeTensors.read(narrow.tokenizers().weights(tokens(narrow)), scope.manager())
                  .values())
          .allMatch(tensor -> tensor.getDataType() == DataType.FLOAT32);
    }
    double expected = log(wide).get(1).get("loss").asDouble();
    assertThat(log(narrow).get(1).get("loss").asDouble())
        .isNotEqualTo(expected)
        .isCloseTo(expected, within(0.2 * expected));
  }
}
