package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Predictions of a question, several for each sample, and what they are combined to. The first
 * {@code n} of them are the same however many there are.
 */
final class Draws {
  private final UsedModality output;
  private final List<List<Value>> bySample;

  private Draws(UsedModality output, List<List<Value>> bySample) {
    this.output = output;
    this.bySample = bySample;
  }

  /** How many predictions are combined into the answer. */
  static int usual(UsedModality output, EvaluationRecipe recipe) {
    return isGrid(output) ? recipe.ensemble() : recipe.sequenceEnsemble();
  }

  /** The numbers of predictions whose effect is reported, ascending. */
  static TreeSet<Integer> sizes(UsedModality output, EvaluationRecipe recipe) {
    TreeSet<Integer> sizes = new TreeSet<>(recipe.ensembleSizes());
    if (!isGrid(output)) {
      sizes.removeIf(size -> size > recipe.sequenceEnsemble());
    }
    return sizes;
  }

  private static boolean isGrid(UsedModality output) {
    return output.declaration().kind() instanceof Kind.TokenGrid;
  }

  /**
   * Predicts.
   *
   * @param predictor the model
   * @param question what to predict from what
   * @param truths where the inputs are
   * @param samples numbers of the samples, all of which have the inputs
   * @param stop asks to stop after the current batch
   * @throws IOException if asked to stop
   */
  static Draws of(
      Predictor predictor, Question question, AlignedValues truths, int[] samples, StopSignal stop)
      throws IOException {
    EvaluationRecipe recipe = predictor.run().recipe().evaluation();
    UsedModality output = question.output();
    TreeSet<Integer> sizes = sizes(output, recipe);
    sizes.add(usual(output, recipe));
    long[] seeds = new long[sizes.last()];
    long seed = predictor.run().recipe().seed();
    Arrays.setAll(seeds, i -> StreamRandom.at(seed, "ensemble", i).nextLong());
    int batch = isGrid(output) ? recipe.batch() : recipe.sequenceBatch();
    List<List<Value>> draws = new ArrayList<>();
    for (int from = 0; from < samples.length; from += batch) {
      if (stop.requested()) {
        throw new StoppedMeasurement();
      }
      int[] some = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + batch));
      draws.addAll(predictor.predictEach(rows(question, truths, some), output.key(), seeds, from));
    }
    return new Draws(output, draws);
  }

  private static List<Map<String, Value>> rows(
      Question question, AlignedValues truths, int[] samples) {
    List<Map<String, Value>> rows = new ArrayList<>();
    for (int sample : samples) {
      Map<String, Value> row = new LinkedHashMap<>();
      for (UsedModality input : question.inputs()) {
        row.put(input.key(), truths.get(input.key(), sample).orElseThrow());
      }
      rows.add(row);
    }
    return rows;
  }

  /** Returns the answers that the first predictions of each sample are combined to. */
  List<Value> answers(int size) {
    return size == 1
        ? bySample.stream().map(draws -> draws.get(0)).toList()
        : output
            .modality()
            .metric()
            .consensus(bySample.stream().map(draws -> draws.subList(0, size)).toList());
  }
}
