package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.Samples;
import org.anymod.core.evaluation.EvaluationJournal.Measured;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;
import org.anymod.torch.parallel.Communicator;

/**
 * Predicts outputs from inputs on the validation split and compares with the truth. Each pair is
 * measured on the samples that have all it needs. An evaluation that is interrupted goes on with
 * the next pair when it is called again, to the same figures.
 */
public final class Evaluator {
  private final LoadedModel model;
  private final Run run;
  private final EvaluationRecipe recipe;

  /**
   * Creates an evaluator.
   *
   * @param model the trained model
   */
  public Evaluator(LoadedModel model) {
    this.model = model;
    this.run = model.run();
    this.recipe = run.recipe().evaluation();
  }

  /**
   * Measures.
   *
   * @param progress hears how far it is
   * @param stop asks to stop; nothing is returned then
   * @return what was measured
   * @throws IOException if data cannot be read, or asked to stop
   * @throws IllegalArgumentException if the recipe asks for what the run does not have
   */
  public Evaluation evaluate(Progress progress, StopSignal stop) throws IOException {
    return prepared(
        progress,
        (questions, samples, truths, scoring) ->
            evaluate(questions, samples, truths, scoring, progress, stop));
  }

  /**
   * Measures the same together with the other ranks of the run, each a part of the pairs. Then the
   * run leaves them, and rank 0 does the rest alone.
   *
   * @param progress hears how far this rank is
   * @param stop asks to stop, which all ranks then do
   * @return what was measured; empty on all ranks but the first
   * @throws IOException if data cannot be read, or one of the ranks was asked to stop
   * @throws IllegalArgumentException if the recipe asks for what the run does not have
   */
  public Optional<Evaluation> evaluateTogether(Progress progress, StopSignal stop)
      throws IOException {
    return prepared(
        progress,
        (questions, samples, truths, scoring) -> {
          if (run.ranks().isParallel()) {
            share(questions, truths, scoring, progress, stop);
          }
          return run.leaveRanks().isFirst()
              ? Optional.of(evaluate(questions, samples, truths, scoring, progress, stop))
              : Optional.empty();
        });
  }

  /** What is done with everything that pairs are measured with. */
  @FunctionalInterface
  private interface Work<T> {
    T on(List<Question> questions, Samples samples, AlignedValues truths, Scoring scoring)
        throws IOException;
  }

  private <T> T prepared(Progress progress, Work<T> work) throws IOException {
    List<Question> questions = Questions.of(run.modalities(), recipe);
    ValueReader reader = run.data().incompleteValues(run.recipe().data().validation());
    try (Samples samples = reader.samples()) {
      int all = samples.size();
      int count = recipe.samples() == 0 ? all : Math.min(recipe.samples(), all);
      Set<UsedModality> needed = new LinkedHashSet<>();
      questions.forEach(question -> needed.addAll(question.needed()));
      AlignedValues truths = AlignedValues.read(run, reader, needed, count);
      try (FrechetFigures frechet =
          new FrechetFigures(run.modalities(), recipe.frechet(), truths)) {
        List<MoreFigures> more = new ArrayList<>(List.of(frechet));
        if (recipe.neighbors().enabled()) {
          more.add(NeighborFigures.of(run, reader, count, outputs(questions), progress));
        }
        return work.on(questions, samples, truths, new Scoring(truths, more));
      }
    }
  }

  private EvaluationJournal journal(AlignedValues truths, Progress progress) throws IOException {
    return EvaluationJournal.open(
        run.folders().root().resolve("evaluation"),
        EvaluationContract.of(run, truths),
        run.ranks(),
        progress);
  }

  private void share(
      List<Question> questions,
      AlignedValues truths,
      Scoring scoring,
      Progress progress,
      StopSignal stop)
      throws IOException {
    Communicator ranks = run.ranks();
    List<Question> answerable =
        questions.stream().filter(q -> truths.having(q.needed()).length > 0).toList();
    try (EvaluationJournal journal = journal(truths, progress)) {
      SharedQuestions shared = new SharedQuestions(answerable, journal, ranks);
      List<Question> own = shared.own();
      PairMeasurement pairs = new PairMeasurement(model, truths, scoring, journal, stop);
      progress.start("evaluate " + own.size() + " of the pairs", own.size(), "pair");
      for (int i = 0; i < own.size() && !stop.requested(); i++) {
        try {
          pairs.measured(own.get(i), truths.having(own.get(i).needed()));
        } catch (StoppedMeasurement e) {
          // Told to all ranks below.
          break;
        }
        progress.advance(i + 1, own.get(i).name(questions));
      }
      if (ranks.any(stop.requested())) {
        stop.request();
        throw new StoppedMeasurement();
      }
      if (ranks.isFirst()) {
        shared.check();
      }
      progress.finish();
    }
  }

  private static Set<UsedModality> outputs(List<Question> questions) {
    return questions.stream()
        .map(Question::output)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Evaluation evaluate(
      List<Question> questions,
      Samples samples,
      AlignedValues truths,
      Scoring scoring,
      Progress progress,
      StopSignal stop)
      throws IOException {
    Yardsticks yardsticks = Yardsticks.of(run, outputs(questions), scoring, truths, progress);
    List<Evaluation.Pair> pairs = new ArrayList<>();
    Map<String, Map<Integer, Value>> shown = new LinkedHashMap<>();
    try (EvaluationJournal journal = journal(truths, progress)) {
      PairMeasurement measurement = new PairMeasurement(model, truths, scoring, journal, stop);
      progress.start("evaluate", questions.size(), "pair");
      for (int i = 0; i < questions.size(); i++) {
        Question question = questions.get(i);
        String name = question.name(questions);
        int[] having = truths.having(question.needed());
        if (having.length == 0) {
          progress.message(name + ": left out, no sample has all of it");
          continue;
        }
        Measured measured = measurement.measured(question, having);
        Evaluation.Pair pair = pair(question, name, having, measured, yardsticks);
        pairs.add(pair);
        shown.put(name, measured.shown());
        progress.advance(i + 1, String.format(Locale.ROOT, "%s skill %.3f", name, pair.skill()));
      }
      Map<String, Map<String, Double>> bounds = yardsticks.bounds(model, outputs(questions));
      journal.clear();
      progress.finish();
      return new Evaluation(truths.count(), pairs, bounds, shown(samples, truths, shown));
    }
  }

  private static Evaluation.Pair pair(
      Question question, String name, int[] samples, Measured measured, Yardsticks yardsticks) {
    UsedModality output = question.output();
    return new Evaluation.Pair(
        question.inputs().stream().map(UsedModality::key).toList(),
        output.key(),
        name,
        samples.length,
        output.modality().metric().name(),
        measured.prediction(),
        yardsticks.constant(output, samples),
        yardsticks.chance(output, samples),
        measured.ensembles());
  }

  private List<Evaluation.Shown> shown(
      Samples samples, AlignedValues truths, Map<String, Map<Integer, Value>> predictions) {
    List<Evaluation.Shown> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(recipe.shown(), truths.count()); i++) {
      Map<String, Value> predicted = new LinkedHashMap<>();
      for (Map.Entry<String, Map<Integer, Value>> entry : predictions.entrySet()) {
        if (entry.getValue().containsKey(i)) {
          predicted.put(entry.getKey(), entry.getValue().get(i));
        }
      }
      shown.add(new Evaluation.Shown(samples.name(i), truths.of(i), predicted));
    }
    return shown;
  }
}
