package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Conditions;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;

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
   * @param model the model
   * @param output what is asked for
   * @param conditions what is given
   * @param samples number of samples
   * @param stop asks to stop after the current batch
   * @throws IOException if asked to stop
   */
  static Draws of(
      LoadedModel model, UsedModality output, Conditions conditions, int samples, StopSignal stop)
      throws IOException {
    EvaluationRecipe recipe = model.run().recipe().evaluation();
    TreeSet<Integer> sizes = sizes(output, recipe);
    sizes.add(usual(output, recipe));
    long[] seeds = new long[sizes.last()];
    Arrays.setAll(seeds, i -> KnownConditions.seed(model, i));
    int batch = isGrid(output) ? recipe.batch() : recipe.sequenceBatch();
    List<List<Value>> draws = new ArrayList<>();
    for (int from = 0; from < samples; from += batch) {
      Prompting.stopIfAsked(stop);
      int to = Math.min(samples, from + batch);
      draws.addAll(conditions.predictEach(output.key(), seeds, from, to));
    }
    return new Draws(output, draws);
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
