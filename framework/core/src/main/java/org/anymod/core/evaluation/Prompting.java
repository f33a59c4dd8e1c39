package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Conditions;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Metric;
import org.anymod.spi.TextForm;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Asks for parts of text-like outputs one by one, each by what its prompt tells of it (arXiv
 * 2406.09406, appendix F: instances by their boxes). Figures of the modality's own metric over all
 * prompts, each with {@code prompted_} before its name, and their number {@code prompts}.
 */
final class Prompting {
  private final EvaluationRecipe recipe;
  private final long seed;

  /** A prompt and the place of its sample among the conditions. */
  private record Asked(int place, TextPrompt prompt) {}

  Prompting(EvaluationRecipe recipe, long seed) {
    this.recipe = recipe;
    this.seed = StreamRandom.at(seed, "prompts").nextLong();
  }

  /**
   * Asks.
   *
   * @param output what is asked for
   * @param conditions what is given
   * @param truths true values of the same samples in the same order
   * @param stop asks to stop after the current batch
   * @return figures by name; none if the output knows no prompts or the recipe wants none
   * @throws IOException if asked to stop
   */
  Map<String, Double> figures(
      UsedModality output, Conditions conditions, List<Value> truths, StopSignal stop)
      throws IOException {
    List<Asked> asked = asked(output, truths);
    if (asked.isEmpty()) {
      return Map.of();
    }
    Metric.Accumulator sum = output.modality().metric().start();
    for (int from = 0; from < asked.size(); from += recipe.sequenceBatch()) {
      stopIfAsked(stop);
      List<Asked> some = asked.subList(from, Math.min(asked.size(), from + recipe.sequenceBatch()));
      int[] places = some.stream().mapToInt(Asked::place).toArray();
      List<TextPrompt> prompts = some.stream().map(Asked::prompt).toList();
      List<Value> answers = conditions.complete(output.key(), places, prompts, seed, from);
      for (int i = 0; i < answers.size(); i++) {
        sum.add(answers.get(i), prompts.get(i).answer());
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("prompts", (double) asked.size());
    sum.figures().forEach((name, figure) -> figures.put("prompted_" + name, figure));
    return figures;
  }

  private List<Asked> asked(UsedModality output, List<Value> truths) {
    List<Asked> asked = new ArrayList<>();
    if (output.modality().representation() instanceof TextForm form && recipe.prompts() > 0) {
      for (int i = 0; i < truths.size(); i++) {
        List<TextPrompt> prompts = form.prompts(truths.get(i));
        for (TextPrompt prompt : prompts.subList(0, Math.min(recipe.prompts(), prompts.size()))) {
          asked.add(new Asked(i, prompt));
        }
      }
    }
    return asked;
  }

  static void stopIfAsked(StopSignal stop) throws IOException {
    if (stop.requested()) {
      throw new StoppedMeasurement();
    }
  }
}
