package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.media.measures.FrechetDistance;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

/** What is measured of a model that is hardly trained. */
class EvaluationTest extends TinyEvaluation {
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
}
