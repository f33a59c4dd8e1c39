package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Predicts every output from every input alone on the validation split and compares with the truth.
 */
public final class Evaluator {
  private static final int CONSTANT_SAMPLES = 512;

  private final Predictor predictor;
  private final Run run;
  private final EvaluationRecipe recipe;

  /**
   * Creates an evaluator.
   *
   * @param predictor the trained model
   */
  public Evaluator(Predictor predictor) {
    this.predictor = predictor;
    this.run = predictor.run();
    this.recipe = run.recipe().evaluation();
  }

  /**
   * Measures.
   *
   * @param progress hears how far it is
   * @param stop asks to stop; nothing is returned then
   * @return what was measured
   * @throws IOException if data cannot be read
   */
  public Evaluation evaluate(Progress progress, StopSignal stop) throws IOException {
    List<Question> questions = questions();
    List<UsedModality> inputs = questions.stream().map(Question::input).distinct().toList();
    List<UsedModality> outputs = questions.stream().map(Question::output).distinct().toList();
    Map<String, Value> constants = constants(outputs, progress);
    ValueReader reader = run.values(run.recipe().data().validation());
    try (Samples samples = reader.samples()) {
      int count =
          recipe.samples() == 0 ? samples.size() : Math.min(recipe.samples(), samples.size());
      Map<String, List<Value>> truths = truths(reader, inputs, outputs, count);
      List<Evaluation.Pair> pairs = new ArrayList<>();
      Map<String, List<Value>> shown = new LinkedHashMap<>();
      progress.start("evaluate", questions.size(), "pair");
      for (Question question : questions) {
        UsedModality input = question.input();
        UsedModality output = question.output();
        List<Value> predictions = predict(input, output, truths.get(input.key()));
        String name = name(input, inputs) + "->" + name(output, outputs);
        pairs.add(pair(name, input, output, predictions, truths, constants.get(output.key())));
        Evaluation.Pair last = pairs.get(pairs.size() - 1);
        shown.put(last.name(), predictions.subList(0, Math.min(recipe.shown(), count)));
        progress.advance(
            pairs.size(), String.format(Locale.ROOT, "%s skill %.3f", last.name(), last.skill()));
        if (stop.requested()) {
          throw new IOException("stopped before the evaluation was complete");
        }
      }
      progress.finish();
      return new Evaluation(
          count, pairs, bounds(outputs, truths), shown(samples, truths, shown, count));
    }
  }

  /** What to predict from what. */
  private record Question(UsedModality input, UsedModality output) {}

  private List<Question> questions() {
    List<UsedModality> inputs = chosen(recipe.inputs(), true);
    List<UsedModality> outputs = chosen(recipe.outputs(), false);
    List<UsedModality> everywhere =
        recipe.everywhere().stream().map(run.modalities()::get).toList();
    Set<UsedModality> asked = new LinkedHashSet<>(inputs);
    Set<UsedModality> answered = new LinkedHashSet<>(outputs);
    if (!everywhere.isEmpty()) {
      asked.addAll(chosen(List.of(), true));
      answered.addAll(everywhere);
    }
    List<Question> questions = new ArrayList<>();
    for (UsedModality input : asked) {
      for (UsedModality output : answered) {
        boolean wanted =
            everywhere.contains(output) || inputs.contains(input) && outputs.contains(output);
        if (wanted && !input.source().equals(output.source())) {
          questions.add(new Question(input, output));
        }
      }
    }
    return questions;
  }

  /** The named keys, or one key for each source: pixels before tokens of the same picture. */
  private List<UsedModality> chosen(List<String> keys, boolean input) {
    ModalitySet set = run.modalities();
    if (!keys.isEmpty()) {
      return keys.stream().map(set::get).toList();
    }
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    for (UsedModality modality : set.all()) {
      if (input ? modality.declaration().isInput() : modality.declaration().isOutput()) {
        boolean pixels = modality.declaration().kind() instanceof Kind.PixelPatches;
        if (pixels || !bySource.containsKey(modality.source())) {
          bySource.put(modality.source(), modality);
        }
      }
    }
    return List.copyOf(bySource.values());
  }

  private Map<String, Value> constants(List<UsedModality> outputs, Progress progress)
      throws IOException {
    Map<String, Value> constants = new LinkedHashMap<>();
    ValueReader reader = run.values(run.recipe().data().train());
    try (Samples samples = reader.samples()) {
      progress.message(
          "best constants from "
              + Math.min(CONSTANT_SAMPLES, samples.size())
              + " training samples");
      for (UsedModality output : outputs) {
        List<Value> values = centres(reader, output, Math.min(CONSTANT_SAMPLES, samples.size()));
        constants.put(output.key(), output.modality().metric().constant(values));
      }
    }
    return constants;
  }

  private List<Value> centres(ValueReader reader, UsedModality modality, int count)
      throws IOException {
    CroppedValues cropped = run.cropped(reader, modality, CropPlan.CENTER);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < cropped.size() && values.size() < count; i++) {
      if (reader.has(modality.source(), i)) {
        values.add(cropped.get(i));
      }
    }
    return values;
  }

  private Map<String, List<Value>> truths(
      ValueReader reader, List<UsedModality> inputs, List<UsedModality> outputs, int count)
      throws IOException {
    Map<String, List<Value>> truths = new LinkedHashMap<>();
    for (List<UsedModality> list : List.of(inputs, outputs)) {
      for (UsedModality modality : list) {
        if (!truths.containsKey(modality.key())) {
          truths.put(modality.key(), centres(reader, modality, count));
        }
      }
    }
    return truths;
  }

  /** Predictions for all conditions; those of a grid are combined from an ensemble. */
  private List<Value> predict(UsedModality input, UsedModality output, List<Value> conditions) {
    boolean grid = output.declaration().kind() instanceof Kind.TokenGrid;
    long[] seeds = new long[grid ? recipe.ensemble() : 1];
    Arrays.setAll(seeds, i -> StreamRandom.at(run.recipe().seed(), "ensemble", i).nextLong());
    List<List<Value>> ensembles = new ArrayList<>();
    for (int from = 0; from < conditions.size(); from += recipe.batch()) {
      int to = Math.min(conditions.size(), from + recipe.batch());
      List<Map<String, Value>> rows = new ArrayList<>();
      for (Value condition : conditions.subList(from, to)) {
        rows.add(Map.of(input.key(), condition));
      }
      ensembles.addAll(predictor.predictEach(rows, output.key(), seeds, from));
    }
    return seeds.length == 1
        ? ensembles.stream().map(members -> members.get(0)).toList()
        : output.modality().metric().consensus(ensembles);
  }

  /** The source, or the key where two of the chosen modalities share their source. */
  private static String name(UsedModality modality, List<UsedModality> chosen) {
    boolean shared =
        chosen.stream().filter(other -> other.source().equals(modality.source())).count() > 1;
    return shared ? modality.key() : modality.source();
  }

  private static Evaluation.Pair pair(
      String name,
      UsedModality input,
      UsedModality output,
      List<Value> predictions,
      Map<String, List<Value>> truths,
      Value constant) {
    Metric metric = output.modality().metric();
    Metric.Accumulator own = metric.start();
    Metric.Accumulator best = metric.start();
    List<Value> expected = truths.get(output.key());
    for (int i = 0; i < predictions.size(); i++) {
      own.add(predictions.get(i), expected.get(i));
      best.add(constant, expected.get(i));
    }
    return new Evaluation.Pair(
        input.key(),
        output.key(),
        name,
        metric.name(),
        own.error(),
        best.error(),
        own.figures(),
        best.figures());
  }

  private Map<String, Map<String, Double>> bounds(
      List<UsedModality> outputs, Map<String, List<Value>> truths) {
    Map<String, Map<String, Double>> bounds = new LinkedHashMap<>();
    for (UsedModality output : outputs) {
      if (run.modalities().tokenized().contains(output)) {
        List<Value> values = truths.get(output.key());
        List<Value> reconstructed = predictor.reconstruct(output.key(), values);
        Metric.Accumulator accumulator = output.modality().metric().start();
        for (int i = 0; i < values.size(); i++) {
          accumulator.add(reconstructed.get(i), values.get(i));
        }
        bounds.put(output.key(), accumulator.figures());
      }
    }
    return bounds;
  }

  private List<Evaluation.Shown> shown(
      Samples samples,
      Map<String, List<Value>> truths,
      Map<String, List<Value>> predictions,
      int count) {
    List<Evaluation.Shown> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(recipe.shown(), count); i++) {
      Map<String, Value> truth = new LinkedHashMap<>();
      Map<String, Value> predicted = new LinkedHashMap<>();
      for (Map.Entry<String, List<Value>> entry : truths.entrySet()) {
        truth.put(entry.getKey(), entry.getValue().get(i));
      }
      for (Map.Entry<String, List<Value>> entry : predictions.entrySet()) {
        predicted.put(entry.getKey(), entry.getValue().get(i));
      }
      shown.add(new Evaluation.Shown(samples.name(i), truth, predicted));
    }
    return shown;
  }
}
