package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.anymod.cli.results.CheckPictures;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.core.retrieval.RetrievalEvaluation;
import org.anymod.core.retrieval.RetrievalEvaluator;
import org.anymod.core.tokenize.training.TokenizerJournal;
import org.anymod.core.training.TrainingLog;
import org.anymod.toyworld.sources.SceneSelection;

/**
 * Brings a run forward, stage by stage. What is there already is left alone; each stage that had
 * something to do says how long it took.
 */
final class Stages {
  private final Run run;
  private final StopSignal stop;
  private final Progress usual;
  private final Progress eachStep;
  private final StageTimes times;

  /** What a stage does. */
  @FunctionalInterface
  interface Work {
    void run(Progress progress) throws Exception;
  }

  Stages(Run run, StopSignal stop, PrintWriter err) {
    this.run = run;
    this.stop = stop;
    boolean speaks = run.ranks().isFirst();
    this.usual = speaks ? ProgressChoice.on(err) : Progress.silent();
    this.eachStep = speaks ? ProgressChoice.eachStepOn(err) : Progress.silent();
    this.times = new StageTimes(run.folders().logs());
  }

  StageTimes times() {
    return times;
  }

  /** Does the work of a stage that goes on where it was, and notes its time. */
  private void stage(String name, Work work) throws Exception {
    stage(name, false, usual, work);
  }

  private void stage(String name, boolean anew, Progress progress, Work work) throws Exception {
    long start = System.nanoTime();
    // The work may leave the ranks.
    boolean speaks = run.ranks().isFirst();
    NoticingProgress noticing = new NoticingProgress(progress);
    work.run(noticing);
    if (noticing.worked() && speaks) {
      long nanos = System.nanoTime() - start;
      times.add(name, anew, nanos / 1e9);
      progress.message("stage " + name + ": " + Durations.text(nanos));
    }
    if (run.ranks().any(stop.requested())) {
      throw new StoppedException();
    }
  }

  void vocabulary() throws Exception {
    stage("vocabulary", run::vocabulary);
  }

  void tokenizers(Collection<UsedModality> chosen) throws Exception {
    // Nobody looks for what is there while somebody else may write it.
    run.ranks().barrier();
    CheckPictures pictures = new CheckPictures(run.folders().logs());
    for (UsedModality modality : chosen) {
      stage(
          "tokenizer " + modality.key(),
          progress -> run.trainTokenizer(modality, pictures, progress, stop));
    }
  }

  /** The log of a tokenizer's training. */
  static TrainingLog tokenizerLog(Run run, UsedModality modality) {
    return TokenizerJournal.log(run.folders().logs(), modality.key());
  }

  void tokens(List<String> splits) throws Exception {
    for (String split : splits) {
      stage("tokens " + split, progress -> run.tokenize(split, progress, stop));
    }
  }

  /** Tokenizes the validation split, and makes before it whatever that needs. */
  void validationTokens() throws Exception {
    vocabulary();
    tokenizers(run.modalities().tokenized());
    tokens(List.of(run.recipe().data().validation()));
  }

  /** Trains the model, and before it whatever it needs. */
  void model() throws Exception {
    long steps = run.model().trainingPlan().steps();
    OptionalLong done = run.model().checkpoints().latest();
    if (run.ranks().asFirst(done.isPresent() && done.getAsLong() >= steps)) {
      usual.message("model: trained, " + done.orElse(steps) + " steps");
      return;
    }
    vocabulary();
    tokenizers(run.modalities().tokenized());
    run.tokens().checkTrained();
    boolean validates = run.recipe().training().validation().every() > 0;
    DataRecipe data = run.recipe().data();
    tokens(validates ? splits(data) : List.of(data.train()));
    stage("model", false, eachStep, progress -> run.trainModel(progress, stop));
  }

  /**
   * Measures the trained model, together with the other ranks, which the run leaves then; empty on
   * all but the first.
   */
  Optional<Evaluation> evaluation() throws Exception {
    List<Optional<Evaluation>> result = new ArrayList<>();
    stage(
        "evaluation",
        true,
        usual,
        progress ->
            result.add(measuring(model -> new Evaluator(model).evaluateTogether(progress, stop))));
    return result.get(0);
  }

  /** What a trained model is asked. */
  @FunctionalInterface
  private interface Measuring<T> {
    T of(LoadedModel model) throws IOException;
  }

  private <T> T measuring(Measuring<T> work) throws IOException {
    try (LoadedModel model = LoadedModel.open(run)) {
      return work.of(model);
    } catch (IOException e) {
      if (stop.requested()) {
        throw new StoppedException();
      }
      throw e;
    }
  }

  /** Measures how well samples are found again, if the recipe asks for it. */
  Optional<RetrievalEvaluation> retrieval(RetrievalRecipe recipe) throws Exception {
    RetrievalEvaluation[] result = new RetrievalEvaluation[1];
    if (recipe.isOn()) {
      stage(
          "retrieval",
          true,
          usual,
          progress ->
              result[0] =
                  measuring(
                      model ->
                          new RetrievalEvaluator(Predictor.of(model), recipe)
                              .evaluate(progress, stop)));
    }
    return Optional.ofNullable(result[0]);
  }

  /** Returns the splits of the recipe. */
  static List<String> splits(DataRecipe data) {
    return List.of(data.train(), data.validation());
  }

  /** Renders the toy world where the run's data is missing. */
  void toyWorld(int train, int validation) throws Exception {
    Path root = run.recipe().data().root();
    int size = run.recipe().resolution();
    SceneSelection selection = SceneSelection.covering(run.modalities().sources());
    ToyWorldData world = new ToyWorldData(run.recipe().seed(), size, selection, stop);
    stage(
        "data",
        progress -> {
          for (String split : splits(run.recipe().data())) {
            boolean first = split.equals(run.recipe().data().train());
            if (!Files.isDirectory(root.resolve(split))) {
              world.write(root.resolve(split), first, first ? train : validation, progress);
            }
          }
        });
  }
}
