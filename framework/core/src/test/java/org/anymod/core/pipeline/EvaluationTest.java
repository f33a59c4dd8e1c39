package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.FrechetRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.NeighborRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.media.measures.FrechetDistance;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of a model that is hardly trained, on samples that lack some of their files. */
class EvaluationTest {
  private static final String PIXELS = "square@8";
  private static final String TOKENS = "tok_square@8";
  private static final List<Modality> MODALITIES =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PromptedPhrases(),
          new PointModality());

  /** Phrases such as "the left half", of which the word in the middle can be asked for. */
  private static final class PromptedPhrases extends PhraseModality {
    @Override
    public Representation representation() {
      TextForm plain = (TextForm) super.representation();
      return new TextForm() {
        @Override
        public List<String> write(Value value, RandomGenerator random) {
          return plain.write(value, random);
        }

        @Override
        public Value read(String text) {
          return plain.read(text);
        }

        @Override
        public List<TextPrompt> prompts(Value truth) {
          TextPrompt prompt = new TextPrompt("the", "half", truth);
          return List.of(prompt, prompt);
        }
      };
    }
  }

  @TempDir static Path folder;

  @BeforeAll
  static void trainOnce() throws Exception {
    for (String split : List.of("train", "val")) {
      SquareRecipe.writeHalves(folder.resolve("data"), split, 10);
      Path points = Files.createDirectories(folder.resolve("data/" + split + "/point"));
      for (int i = 0; i < 10; i++) {
        boolean left = StreamRandom.at(1, split, i).nextBoolean();
        float[] point = {left ? 2 : 0.1f * i, left ? 0.1f * i : 2, 0.5f, 0};
        Files.write(
            points.resolve("s" + i + ".npy"),
            new PointModality().codec().encode(new Value.Vectors(1, 4, point)));
      }
    }
    Files.delete(folder.resolve("data/val/phrase/s1.txt"));
    Files.delete(folder.resolve("data/val/square/s3.bin"));
    Files.delete(folder.resolve("data/val/square/s4.bin"));
    Run run = run(usual());
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    run.trainModel(Progress.silent(), new StopSignal());
  }

  private static EvaluationRecipe usual() {
    return new EvaluationRecipe(0, 4, 3, List.of(), List.of(), 2);
  }

  private static EvaluationRecipe more(
      List<String> inputs, List<String> outputs, boolean matrix, List<List<String>> groups) {
    return new EvaluationRecipe(
        8,
        4,
        4,
        inputs,
        outputs,
        List.of(),
        2,
        matrix,
        groups,
        List.of(1, 2, 4),
        2,
        5,
        1,
        new NeighborRecipe(
            Optional.of("phrase"), Optional.empty(), List.of(), Optional.empty(), 20, 0.07, 0),
        Map.of(TOKENS, FrechetRecipe.ofNumbers()),
        RetrievalRecipe.off());
  }

  private static Run run(EvaluationRecipe evaluation) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    TrainingRecipe training =
        new TrainingRecipe(4, 4, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 4, 2);
    SquareRecipe base =
        new SquareRecipe(
            folder.resolve("run"),
            SquareRecipe.data(folder.resolve("data")),
            SquareRecipe.masking(all),
            training);
    Recipe usual = base.build();
    ModalityRecipe declared = new ModalityRecipe("declared");
    Map<String, TokenizerRecipe> tokenizers = new HashMap<>(usual.tokenizers());
    tokenizers.put(
        PointModality.KEY,
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            4,
            4,
            1e-3,
            2,
            Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "quantizer", "fsq", "levels", "4, 4")));
    Recipe recipe =
        new Recipe(
            usual.name(),
            usual.output(),
            usual.seed(),
            usual.device(),
            usual.precision(),
            usual.resolution(),
            usual.patch(),
            Map.of(
                PIXELS,
                declared,
                TOKENS,
                declared,
                "phrase",
                declared,
                PointModality.KEY,
                declared),
            usual.data(),
            usual.text(),
            tokenizers,
            usual.model(),
            usual.masking(),
            usual.training(),
            usual.sampling(),
            evaluation);
    return new Run(recipe, MODALITIES, List.of());
  }

  private static Evaluation evaluate(EvaluationRecipe recipe) throws IOException {
    return evaluate(recipe, Progress.silent(), new StopSignal());
  }

  private static Evaluation evaluate(EvaluationRecipe recipe, Progress progress, StopSignal stop)
      throws IOException {
    try (LoadedModel model = LoadedModel.open(run(recipe))) {
      return new Evaluator(model).evaluate(progress, stop);
    }
  }

  private static Map<String, Pair> byName(Evaluation evaluation) {
    Map<String, Pair> pairs = new HashMap<>();
    evaluation.pairs().forEach(pair -> pairs.put(pair.name(), pair));
    return pairs;
  }

  /** Reads a file as the dataset does. */
  private static Value read(Modality modality, int sample) throws Exception {
    String extension = modality.codec().extensions().get(0);
    return modality
        .codec()
        .decode(
            Files.readAllBytes(
                folder.resolve("data/val/" + modality.source() + "/s" + sample + "." + extension)));
  }

  @Test
  void comparesEachPredictionWithTheTruthOfItsOwnSample() throws Exception {
    int[] whole = {0, 2, 5, 6, 7, 8, 9};
    Pair pair = byName(evaluate(usual())).get("phrase->square");
    assertThat(pair.samples()).isEqualTo(whole.length);
    Metric metric = MODALITIES.get(0).metric();
    Metric.Accumulator sum = metric.start();
    long[] seeds = new long[3];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = StreamRandom.at(3, "ensemble", i).nextLong();
    }
    try (Predictor predictor = Predictor.open(run(usual()))) {
      for (int i = 0; i < whole.length; i++) {
        List<Map<String, Value>> row = List.of(Map.of("phrase", read(MODALITIES.get(2), whole[i])));
        List<List<Value>> draws = predictor.predictEach(row, TOKENS, seeds, i);
        sum.add(metric.consensus(draws).get(0), read(MODALITIES.get(0), whole[i]));
      }
    }
    assertThat(pair.error()).isCloseTo(sum.error(), within(1e-6));
  }

  @Test
  void holdsPredictionsAgainstTruthsOfOtherSamples() throws Exception {
    Pair pair = byName(evaluate(usual())).get("phrase->square");
    int[] whole = {0, 2, 5, 6, 7, 8, 9};
    Metric.Accumulator sum = MODALITIES.get(0).metric().start();
    for (int i = 0; i < whole.length; i++) {
      int other = whole[Math.floorMod(i - whole.length / 2, whole.length)];
      sum.add(read(MODALITIES.get(0), other), read(MODALITIES.get(0), whole[i]));
    }
    assertThat(pair.chance().orElseThrow().error()).isEqualTo(sum.error());
  }

  @Test
  void predictsEverythingFromEverythingAndFromGroups() throws Exception {
    Evaluation evaluation =
        evaluate(
            more(
                List.of("phrase"),
                List.of("phrase"),
                true,
                List.of(List.of(PIXELS, "phrase"), List.of(PointModality.KEY, "phrase"))));
    assertThat(byName(evaluation))
        .containsOnlyKeys(
            "square->phrase",
            "square->point",
            "phrase->square",
            "phrase->point",
            "point->square",
            "point->phrase",
            "square+phrase->point",
            "point+phrase->square");
    Pair pair = byName(evaluation).get("square+phrase->point");
    assertThat(pair.inputs()).containsExactly(PIXELS, "phrase");
    assertThat(pair.samples()).isEqualTo(5);
    // Sample 1 has no phrase, but everything else.
    assertThat(evaluation.shown().get(1).truths()).containsOnlyKeys(PIXELS, TOKENS, "tok_point");
    assertThat(evaluation.shown().get(1).predictions())
        .containsOnlyKeys("square->point", "point->square");
  }

  @Test
  void reportsTheEffectOfEnsemblesFromTheSamePredictions() throws Exception {
    EvaluationRecipe recipe = more(List.of(PIXELS), List.of(), false, List.of());
    Map<String, Pair> pairs = byName(evaluate(recipe));
    Pair point = pairs.get("square->point");
    assertThat(point.ensembles()).containsOnlyKeys(1, 2, 4);
    assertThat(point.ensembles().get(4)).isEqualTo(point.prediction());
    // Sequences are combined from as many as the recipe allows them.
    assertThat(pairs.get("square->phrase").ensembles()).containsOnlyKeys(1, 2);
    EvaluationRecipe single =
        new EvaluationRecipe(8, 4, 1, List.of(PIXELS), List.of(PointModality.KEY), 2);
    assertThat(byName(evaluate(single)).get("square->point").error())
        .isEqualTo(point.ensembles().get(1).error());
  }

  @Test
  void asksForPartsByPrompts() throws Exception {
    Pair pair =
        byName(evaluate(more(List.of(PIXELS), List.of("phrase"), false, List.of())))
            .get("square->phrase");
    // One prompt for each of the five samples that have both.
    assertThat(pair.figures()).containsEntry("prompts", 5.0).containsKey("prompted_word_f1");
    assertThat(pair.constantFigures()).doesNotContainKey("prompts");
    try (LoadedModel model = LoadedModel.open(run(usual()))) {
      List<Map<String, Value>> rows =
          List.of(
              Map.of(PIXELS, read(MODALITIES.get(0), 0)),
              Map.of(PIXELS, read(MODALITIES.get(0), 2)));
      Conditions conditions = Conditions.of(model, rows, 1, 1);
      TextPrompt prompt = new TextPrompt("the", "half", new Value.Text(""));
      List<Value> answers =
          conditions.complete("phrase", new int[] {1, 0}, List.of(prompt, prompt), 7, 0);
      assertThat(answers)
          .hasSize(2)
          .allSatisfy(
              value -> assertThat(((Value.Text) value).text()).startsWith("the").endsWith("half"));
      assertThat(conditions.complete("phrase", new int[] {0}, List.of(prompt), 7, 1).get(0))
          .isEqualTo(answers.get(1));
    }
  }

  @Test
  void classifiesVectorsAndComparesDistributions() throws Exception {
    Map<String, Pair> pairs = byName(evaluate(more(List.of(), List.of(), false, List.of())));
    Pair point = pairs.get("phrase->point");
    assertThat(point.figures().get("knn_top1")).isBetween(0.0, 1.0);
    assertThat(point.figures().get("knn_top5")).isEqualTo(1);
    assertThat(point.constantFigures()).containsKeys("knn_top1", "knn_top5");
    // A true vector of another sample is classified as that one's class.
    int[] told = {0, 2, 3, 4, 5, 6, 7};
    int same = 0;
    for (int i = 0; i < told.length; i++) {
      same += isLeft(told[i]) == isLeft(told[Math.floorMod(i - 3, told.length)]) ? 1 : 0;
    }
    assertThat(point.chance().orElseThrow().figures().get("knn_top1")).isEqualTo(same / 7.0);
    Pair square = pairs.get("phrase->square");
    assertThat(square.figures()).doesNotContainKey("knn_top1").containsKey("frechet");
    List<float[]> truths = new ArrayList<>();
    List<float[]> others = new ArrayList<>();
    int[] whole = {0, 2, 5, 6, 7};
    for (int sample : whole) {
      float[] pixels = ((Value.Raster) read(MODALITIES.get(0), sample)).data();
      double sum = 0;
      for (float pixel : pixels) {
        sum += pixel;
      }
      truths.add(new float[] {(float) (sum / pixels.length)});
      others.add(0, truths.get(truths.size() - 1));
    }
    // Other samples' truths are the same set, so that their distance is none.
    assertThat(FrechetDistance.of(truths, others)).isLessThan(1e-9);
    assertThat(square.chance().orElseThrow().figures().get("frechet")).isLessThan(1e-9);
    assertThat(square.figures().get("frechet")).isGreaterThan(1e-9);
  }

  private static boolean isLeft(int sample) {
    return StreamRandom.at(1, "val", sample).nextBoolean();
  }

  @Test
  void goesOnAfterAnInterruptionToTheSameFigures() throws Exception {
    EvaluationRecipe recipe = more(List.of(), List.of(), false, List.of());
    Evaluation whole = evaluate(recipe);
    StopSignal stop = new StopSignal();
    StopAfter progress = new StopAfter(3, stop);
    assertThatThrownBy(() -> evaluate(recipe, progress, stop))
        .hasMessage("stopped before the evaluation was complete");
    Path journal = folder.resolve("run/evaluation");
    assertThat(files(journal, ".json")).hasSize(3);
    // What is there is not measured again: a changed figure shows.
    Path first = files(journal, ".json").get(0);
    String noted = Files.readString(first);
    Files.writeString(first, noted.replaceFirst("\"error\":\"[^\"]*\"", "\"error\":\"42.5\""));
    Evaluation changed = evaluate(recipe);
    assertThat(changed.pairs().stream().filter(pair -> pair.error() == 42.5)).hasSize(1);
    assertThat(files(journal, ".json")).isEmpty();

    StopSignal again = new StopSignal();
    assertThatThrownBy(() -> evaluate(recipe, new StopAfter(3, again), again))
        .isInstanceOf(IOException.class);
    Path cut = files(journal, ".bin").get(1);
    Files.write(cut, new byte[] {1, 2, 3});
    Evaluation resumed = evaluate(recipe);
    assertThat(resumed.pairs()).isEqualTo(whole.pairs());
    assertThat(resumed.bounds()).isEqualTo(whole.bounds());
    float[] before = square(whole);
    assertThat(square(resumed)).isEqualTo(before);
  }

  private static float[] square(Evaluation evaluation) {
    return ((Value.Raster) evaluation.shown().get(0).predictions().get("phrase->square")).data();
  }

  @Test
  void startsAnewWhereSettingsHaveChanged() throws Exception {
    EvaluationRecipe recipe = usual();
    StopSignal stop = new StopSignal();
    assertThatThrownBy(() -> evaluate(recipe, new StopAfter(1, stop), stop))
        .isInstanceOf(IOException.class);
    StopAfter heard = new StopAfter(99, new StopSignal());
    evaluate(new EvaluationRecipe(0, 3, 3, List.of(), List.of(), 2), heard, new StopSignal());
    assertThat(heard.messages).anyMatch(line -> line.contains("starts anew"));
  }

  @Test
  void saysWhatCannotBeAsked() {
    assertRefused(
        new EvaluationRecipe(0, 4, 1, List.of("smell"), List.of(), 0),
        "evaluation.inputs: 'smell' is not a modality of this run");
    assertRefused(
        new EvaluationRecipe(0, 4, 1, List.of(), List.of(PIXELS), 0),
        "evaluation.outputs: 'square@8' is no output of this model");
    assertRefused(
        new EvaluationRecipe(0, 4, 1, List.of(PIXELS), List.of(TOKENS), 0),
        "there is nothing to predict");
    assertRefused(
        more(List.of(), List.of(), false, List.of(List.of("phrase", "smell"))),
        "evaluation.combinations.0: 'smell'");
  }

  private static void assertRefused(EvaluationRecipe recipe, String message) {
    assertThatThrownBy(() -> evaluate(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<Path> files(Path folder, String extension) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    }
  }

  /** Asks to stop after some pairs. */
  private static final class StopAfter implements Progress {
    private final List<String> messages = new ArrayList<>();
    private final long pairs;
    private final StopSignal stop;

    StopAfter(long pairs, StopSignal stop) {
      this.pairs = pairs;
      this.stop = stop;
    }

    @Override
    public void start(String task, long total, String unit) {}

    @Override
    public void advance(long done, String note) {
      if (done >= pairs) {
        stop.request();
      }
    }

    @Override
    public void finish() {}

    @Override
    public void message(String line) {
      messages.add(line);
    }
  }
}
