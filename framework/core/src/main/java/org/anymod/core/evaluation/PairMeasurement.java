package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.EvaluationJournal.Measured;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Conditions;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Value;

/** Predicts what a question asks for, measures the answers, and notes the figures. */
final class PairMeasurement {
  private final LoadedModel model;
  private final EvaluationRecipe recipe;
  private final AlignedValues truths;
  private final Scoring scoring;
  private final KnownConditions conditions;
  private final Prompting prompting;
  private final EvaluationJournal journal;
  private final StopSignal stop;

  PairMeasurement(
      LoadedModel model,
      AlignedValues truths,
      Scoring scoring,
      EvaluationJournal journal,
      StopSignal stop) {
    this.model = model;
    this.recipe = model.run().recipe().evaluation();
    this.truths = truths;
    this.scoring = scoring;
    this.conditions = new KnownConditions(model, truths);
    this.prompting = new Prompting(recipe, model.run().recipe().seed());
    this.journal = journal;
    this.stop = stop;
  }

  /**
   * Returns what an earlier call measured, or what is measured now.
   *
   * @param question what to predict from what
   * @param samples numbers of the samples, all of which have what the question needs
   * @throws IOException if asked to stop, or the journal cannot be read or written
   */
  Measured measured(Question question, int[] samples) throws IOException {
    Optional<Measured> earlier = journal.measured(question);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Measured measured = measure(question, samples);
    journal.add(question, measured);
    return measured;
  }

  private Measured measure(Question question, int[] samples) throws IOException {
    UsedModality output = question.output();
    Conditions given = conditions.of(question.inputs(), samples);
    Draws draws = Draws.of(model, output, given, samples.length, stop);
    int usual = Draws.usual(output, recipe);
    List<Value> answers = draws.answers(usual);
    Evaluation.Score score = scoring.score(output, answers, samples);
    Map<Integer, Evaluation.Score> ensembles = new TreeMap<>();
    for (int size : Draws.sizes(output, recipe)) {
      ensembles.put(
          size, size == usual ? score : scoring.score(output, draws.answers(size), samples));
    }
    Map<String, Double> figures = new LinkedHashMap<>(score.figures());
    figures.putAll(prompting.figures(output, given, truths.of(output.key(), samples), stop));
    return new Measured(
        new Evaluation.Score(score.error(), figures), ensembles, shown(samples, answers));
  }

  private Map<Integer, Value> shown(int[] samples, List<Value> answers) {
    Map<Integer, Value> shown = new TreeMap<>();
    for (int i = 0; i < samples.length && samples[i] < recipe.shown(); i++) {
      shown.put(samples[i], answers.get(i));
    }
    return shown;
  }
}
