package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.EvaluationJournal.Measured;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Value;

/** Answers questions, scores the answers, and notes the scores. */
final class PairMeasurement {
  private final Predictor predictor;
  private final AlignedValues truths;
  private final Scoring scoring;
  private final EvaluationJournal journal;
  private final StopSignal stop;

  PairMeasurement(
      Predictor predictor,
      AlignedValues truths,
      Scoring scoring,
      EvaluationJournal journal,
      StopSignal stop) {
    this.predictor = predictor;
    this.truths = truths;
    this.scoring = scoring;
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
    Measured earlier = journal.measured(question).orElse(null);
    if (earlier != null) {
      return earlier;
    }
    EvaluationRecipe recipe = predictor.run().recipe().evaluation();
    UsedModality output = question.output();
    Draws draws = Draws.of(predictor, question, truths, samples, stop);
    int usual = Draws.usual(output, recipe);
    List<Value> answers = draws.answers(usual);
    Evaluation.Score prediction = scoring.score(output, answers, samples);
    Map<Integer, Evaluation.Score> ensembles = new TreeMap<>();
    for (int size : Draws.sizes(output, recipe)) {
      ensembles.put(
          size, size == usual ? prediction : scoring.score(output, draws.answers(size), samples));
    }
    Map<Integer, Value> shown = new TreeMap<>();
    for (int i = 0; i < samples.length && samples[i] < recipe.shown(); i++) {
      shown.put(samples[i], answers.get(i));
    }
    Measured measured = new Measured(prediction, ensembles, shown);
    journal.add(question, measured);
    return measured;
  }
}
