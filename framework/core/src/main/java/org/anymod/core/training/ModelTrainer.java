package org.anymod.core.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.masking.Masker;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.torch.parallel.Communicator;

/**
 * Trains the any-to-any model: a plain loop that can be stopped at any step and goes on where it
 * was, bit for bit.
 */
public final class ModelTrainer {
  private static final int STEPS_AHEAD = 4;

  private final AnyToAnyModel model;
  private final TrainingRecipe recipe;
  private final TrainingPlan plan;
  private final Function<StreamPart, BatchMaker> reading;
  private final Checkpoints files;
  private final TrainingJournal journal;
  private final Map<String, String> metadata;
  private final long seed;
  private Predicate<String> frozen;
  private Optional<Validation> validation = Optional.empty();
  private int lag;
  private Communicator group = Communicator.single();
  private BatchMaker batches;
  private SharedCheckpoints checkpoints;
  private RankLog ranks;

  /**
   * Creates a trainer.
   *
   * @param model the model
   * @param recipe the training section
   * @param masking the masking section
   * @param masker the masking schedule
   * @param data the tokenized training split
   * @param checkpoints where checkpoints are kept
   * @param journal where figures are written; closed by its owner
   * @param metadata free texts to store with the weights
   * @param seed seed of the run
   * @throws IllegalArgumentException if the recipe freezes what the model does not have
   */
  public ModelTrainer(
      AnyToAnyModel model,
      TrainingRecipe recipe,
      MaskingRecipe masking,
      Masker masker,
      TokenDataset data,
      Checkpoints checkpoints,
      TrainingJournal journal,
      Map<String, String> metadata,
      long seed) {
    this.model = model;
    this.recipe = recipe;
    this.plan = TrainingPlan.of(recipe, masking);
    this.reading =
        part ->
            new BatchMaker(
                data,
                model.modalities(),
                masker,
                recipe.batch(),
                masking.inputTokens(),
                masking.targetTokens(),
                seed,
                part);
    this.files = checkpoints;
    this.journal = journal;
    // In their order: that of Map.copyOf differs from process to process, and with it the files.
    this.metadata = new LinkedHashMap<>(metadata);
    this.seed = seed;
    this.frozen = FrozenParts.of(recipe.freeze(), model.parameters().trainedNames());
    // A GPU works on the next step while the host reads the figures of this one.
    this.lag = model.scope().manager().getDevice().isGpu() ? 1 : 0;
  }

  /**
   * Measures losses on a validation split too, as often as the recipe says.
   *
   * @param validation the validation
   * @return this trainer
   */
  public ModelTrainer validating(Validation validation) {
    this.validation = Optional.of(validation);
    return this;
  }

  /**
   * Leaves more weights as they are than the recipe names.
   *
   * @param names which names are not trained
   * @return this trainer
   */
  public ModelTrainer freezing(Predicate<String> names) {
    this.frozen = frozen.or(names);
    return this;
  }

  /**
   * Trains together with other ranks: each computes its part of every batch, and all keep the same
   * weights.
   *
   * @param ranks the ranks; all of them train with the same settings
   * @return this trainer
   */
  public ModelTrainer together(Communicator ranks) {
    this.group = ranks;
    return this;
  }

  /** Reads the figures of a step only after so many more have been made. */
  ModelTrainer reading(int stepsLater) {
    this.lag = stepsLater;
    return this;
  }

  AnyToAnyModel model() {
    return model;
  }

  static LossWeighting weighting(TrainingRecipe recipe) {
    return LossWeighting.valueOf(recipe.loss().toUpperCase(Locale.ROOT));
  }

  /**
   * Trains to the end, or until the signal; goes on from the newest checkpoint if there is one.
   *
   * @param progress hears how far it is
   * @param stop asks to stop after the current step, which leaves a checkpoint
   * @return steps done in all
   * @throws IllegalArgumentException if the ranks cannot divide the batch
   * @throws TrainingException at a fault; the weights of before it are in a checkpoint then
   * @throws Exception if data cannot be read or a checkpoint cannot be written
   */
  public long train(Progress progress, StopSignal stop) throws Exception {
    batches = reading.apply(new StreamPart(group.rank(), group.size()));
    checkpoints = new SharedCheckpoints(files, group);
    ranks = new RankLog(journal.folder(), group);
    try (TrainingState state = new TrainingState(model, recipe, frozen, group)) {
      long start = checkpoints.resume(state, progress);
      journal.begin(start);
      ranks.begin(start);
      progress.start("train", plan.steps(), "step");
      long step = loop(state, start, progress, stop);
      if (step > start) {
        checkpoints.save(state, step, metadata);
      }
      if (step < plan.steps()) {
        progress.message("stopped after step " + step + "; the next call goes on from there");
      } else {
        progress.finish();
      }
      return step;
    }
  }

  private long loop(TrainingState state, long start, Progress progress, StopSignal stop)
      throws Exception {
    UpdateStep update = new UpdateStep(state, recipe, plan, weighting(recipe), seed);
    Deque<MadeStep> made = new ArrayDeque<>();
    int parts = recipe.accumulate();
    long step = start;
    try (OrderedPrefetch<Batch> stream =
        batches.ahead(start * parts, plan.steps() * parts, STEPS_AHEAD * parts)) {
      while (step < plan.steps() && !group.any(stop.requested())) {
        if (step == start || step == plan.frozenSteps()) {
          state.optimizer().freeze(held(step));
        }
        List<Batch> own = next(stream, parts);
        ranks.count(own);
        made.add(update.make(step, own));
        step++;
        boolean saves = step % recipe.checkpointEvery() == 0 && step < plan.steps();
        boolean validates = validation.isPresent() && validation.get().isDue(step);
        settle(made, saves || validates ? 0 : lag, state, start, progress);
        if (validates) {
          journal.validated(step, validation.get().measure(state));
        }
        if (saves) {
          checkpoints.save(state, step, metadata);
        }
      }
      settle(made, 0, state, start, progress);
      return step;
    } finally {
      made.forEach(MadeStep::close);
    }
  }

  private Predicate<String> held(long step) {
    return step < plan.frozenSteps()
        ? FrozenParts.of(recipe.schedule().frozen(), model.parameters().trainedNames())
        : name -> false;
  }

  private static List<Batch> next(OrderedPrefetch<Batch> stream, int parts) throws Exception {
    List<Batch> batches = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      batches.add(stream.next());
    }
    return batches;
  }

  /** Reads the figures of all but the newest steps. */
  private void settle(
      Deque<MadeStep> made, int newest, TrainingState state, long start, Progress progress)
      throws IOException, TrainingException {
    while (made.size() > newest) {
      try (MadeStep step = made.removeFirst()) {
        MadeStep.Report report = step.read();
        if (report.fault() && recipe.guard().stops()) {
          throw fault(step, report, state, start);
        }
        if (report.skipped()) {
          state.skip();
        } else {
          state.losses().add(step.step(), report.loss());
        }
        log(step, report, state, progress);
      }
    }
  }

  private void log(MadeStep step, MadeStep.Report report, TrainingState state, Progress progress)
      throws IOException {
    long number = step.step() + 1;
    if (number % recipe.logEvery() != 0 && number != plan.steps()) {
      return;
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", (double) report.loss());
    step.byModality(model.modalities())
        .forEach((modality, loss) -> figures.put("loss/" + modality.key(), loss));
    figures.put("learning_rate", step.rule().learningRate());
    if (recipe.schedule().weightDecayEnd().isPresent()) {
      figures.put("weight_decay", step.rule().weightDecay());
    }
    figures.put("grad_norm", (double) report.norm());
    figures.put("input_tokens", (double) step.totals().inputTokens());
    figures.put("target_tokens", (double) step.totals().targetTokens());
    figures.put("dropped_tokens", (double) step.totals().droppedTokens());
    long skipped = state.takeSkipped();
    if (skipped > 0) {
      figures.put("skipped", (double) skipped);
    }
    journal.add(number, figures);
    ranks.add(number);
    progress.advance(number, String.format(Locale.ROOT, "loss %.4f", report.loss()));
  }

  /** The optimiser has left the weights as they were before the fault. */
  private TrainingException fault(
      MadeStep step, MadeStep.Report report, TrainingState state, long start)
      throws IOException, TrainingException {
    long before = step.step();
    if (before > start) {
      checkpoints.save(state, before, metadata);
    }
    FaultReport fault = new FaultReport(step, report, model.modalities());
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < recipe.accumulate(); i++) {
      samples.addAll(batches.names(before * recipe.accumulate() + i));
    }
    Path file = journal.failure(before + 1, fault.facts(samples));
    // Nobody ends before everything is written.
    group.barrier();
    return new TrainingException(fault.message(file));
  }
}
