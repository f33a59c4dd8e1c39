package org.anymod.core.tokenize.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.schedule.CosineSchedule;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.training.StreamPart;
import org.anymod.core.training.TrainingException;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.spi.Peers;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.ParallelException;

/**
 * Trains one tokenizer: a plain loop that can be stopped or killed at any step and goes on from
 * what it last saved, to the same bits.
 */
public final class TokenizerTrainer {
  private static final int LOG_EVERY = 10;
  private static final int BATCHES_AHEAD = 3;
  private static final long FAILED = -1;

  /** What must be a finite number, with its name for people. */
  private static final Map<String, String> FINITE =
      new TreeMap<>(Map.of("loss", "the loss", "grad_norm", "the gradient norm")).descendingMap();

  private static final String AVERAGED = "ema/";

  private final TokenizerStore store;
  private final UsedModality modality;
  private final TokenizerRecipe recipe;
  private final TokenizerValues values;
  private final PictureSizes sizes;
  private final TokenizerJournal journal;
  private final long seed;
  private Optional<TokenizerCheck> check = Optional.empty();
  private TokenizerWatcher watcher = seen -> {};
  private Communicator group = Communicator.single();
  private StepBatches batches;

  /**
   * Creates a trainer.
   *
   * @param store where weights are kept
   * @param modality the modality to train a tokenizer for
   * @param values training values at the largest of the recipe's sizes
   * @param journal where figures are written; closed by its owner
   * @param seed seed of the run
   */
  public TokenizerTrainer(
      TokenizerStore store,
      UsedModality modality,
      TokenizerValues values,
      TokenizerJournal journal,
      long seed) {
    this.store = store;
    this.modality = modality;
    this.recipe = store.settings(modality);
    this.journal = journal;
    this.seed = seed;
    this.values = values;
    this.sizes =
        new PictureSizes(
            recipe.resolutions().sizes(modality.tokenizer().orElseThrow().resolution()),
            seed,
            modality.key());
  }

  /**
   * Measures on held-out values too, as often as the recipe says.
   *
   * @param check the measurement
   * @param watcher sees what comes back
   * @return this trainer
   */
  public TokenizerTrainer checking(TokenizerCheck check, TokenizerWatcher watcher) {
    this.check = Optional.of(check);
    this.watcher = watcher;
    return this;
  }

  /**
   * Trains together with other ranks, if the tokenizer can; else rank 0 trains and the others wait.
   *
   * @param ranks the ranks
   * @return this trainer
   */
  public TokenizerTrainer together(Communicator ranks) {
    this.group = ranks;
    return this;
  }

  /**
   * Trains to the end, or until the signal; goes on where an earlier call was stopped or killed.
   *
   * @param progress hears how far it is
   * @param stop asks to stop; what was learned so far is kept
   * @return steps done in all
   * @throws IllegalArgumentException if the ranks cannot divide the batch
   * @throws TrainingException on all ranks if loss or gradient is no finite number on one; the
   *     message names the step and its samples
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public long train(Progress progress, StopSignal stop) throws Exception {
    Communicator all = group;
    try (TokenizerProgress state = new TokenizerProgress(store, modality, recipe.ema())) {
      if (!all.isParallel() || state.tokenizer().trainsWithPeers()) {
        return train(state, progress, stop);
      }
      progress.message("tokenizer " + modality.key() + ": trained by one process alone");
      group = Communicator.single();
      return all.isFirst() ? trainFor(all, state, progress, stop) : done(all.fromRank(0, 0));
    } finally {
      group = all;
    }
  }

  /** Trains alone while the others wait, and tells them what came of it. */
  private long trainFor(
      Communicator others, TokenizerProgress state, Progress progress, StopSignal stop)
      throws Exception {
    try {
      return others.fromRank(train(state, progress, stop), 0);
    } catch (TrainingException e) {
      others.fromRank(FAILED, 0);
      throw e;
    }
  }

  private long done(long told) throws TrainingException {
    if (told == FAILED) {
      throw new TrainingException(
          "tokenizer " + modality.key() + ": rank 0, which trains it alone, cannot go on");
    }
    return told;
  }

  private long train(TokenizerProgress state, Progress progress, StopSignal stop) throws Exception {
    StreamPart part = new StreamPart(group.rank(), group.size());
    part.count(recipe.batch(), "tokenizers." + modality.key() + ".batch");
    batches = new StepBatches(values, recipe, sizes, seed, modality.key(), part);
    long start = state.resume();
    if (group.any(start != group.fromRank(start, 0))) {
      throw new ParallelException(
          "the ranks find different states of the tokenizer "
              + modality.key()
              + "; the run's folder must be the same for all of them");
    }
    if (group.isFirst()) {
      journal.begin(start);
    }
    progress.start("tokenizer " + modality.key(), recipe.steps(), "step");
    long done = loop(state, start, progress, stop);
    boolean stopped = group.any(stop.requested());
    if (stopped && group.isFirst()) {
      state.save(done);
      progress.message("stopped after step " + done + "; the next call goes on from there");
    } else if (group.isFirst()) {
      state.finish();
      progress.finish();
    }
    group.barrier();
    return done;
  }

  private long loop(TokenizerProgress state, long start, Progress progress, StopSignal stop)
      throws Exception {
    CosineSchedule schedule =
        new CosineSchedule(
            recipe.learningRate(), recipe.minLearningRate(), recipe.warmup(), recipe.steps());
    long step = start;
    try (OrderedPrefetch<List<List<Value>>> stream =
        new OrderedPrefetch<>(batches::at, start, recipe.steps(), 1, BATCHES_AHEAD)) {
      Peers peers = group.isParallel() ? new RankPeers(group) : Peers.NONE;
      while (step < recipe.steps() && !group.any(stop.requested())) {
        StreamRandom random = StreamRandom.at(seed, "tokenizer step " + modality.key(), step);
        Map<String, Double> figures =
            state
                .tokenizer()
                .step(new TrainingStep(stream.next(), schedule.at(step), random, peers));
        checkFinite(figures, step);
        step++;
        if (state.average().isPresent()) {
          state.average().get().follow(step);
        }
        if (!group.isFirst()) {
          continue;
        }
        log(step, figures, progress);
        if (check.isPresent() && recipe.checksAfter(step)) {
          check(state, step, progress);
        }
        if (step % recipe.saveEvery() == 0 && step < recipe.steps()) {
          state.save(step);
        }
      }
      return step;
    }
  }

  private void log(long done, Map<String, Double> figures, Progress progress) throws IOException {
    if (done % LOG_EVERY == 0 || done == recipe.steps()) {
      journal.trained(done, figures);
      progress.advance(done, note(figures));
    }
  }

  private void check(TokenizerProgress state, long done, Progress progress) throws Exception {
    TokenizerCheck held = check.get();
    String error = modality.modality().metric().name();
    TokenizerCheck.Found trained = held.of(state.tokenizer());
    Map<String, Double> figures = new LinkedHashMap<>(trained.figures());
    String line = "step " + done + ": " + CheckText.of(error, trained.figures());
    Optional<List<Value>> averaged = Optional.empty();
    if (state.average().isPresent()) {
      TokenizerCheck.Found found = state.average().get().during(() -> held.of(state.tokenizer()));
      found.figures().forEach((name, value) -> figures.put(AVERAGED + name, value));
      line += "; averaged weights: " + CheckText.of(error, found.figures());
      averaged = Optional.of(found.reconstructions().values());
    }
    journal.checked(done, figures);
    watcher.checked(
        new TokenizerWatcher.Seen(
            modality, done, held.originals(), trained.reconstructions().values(), averaged));
    progress.message("tokenizer " + modality.key() + " " + line);
  }

  /** All ranks give up at the same step, whoever of them found the fault. */
  private void checkFinite(Map<String, Double> figures, long step) throws TrainingException {
    Optional<String> fault =
        FINITE.entrySet().stream()
            .filter(entry -> !Double.isFinite(figures.getOrDefault(entry.getKey(), 0.0)))
            .map(entry -> entry.getValue() + " is " + figures.get(entry.getKey()))
            .findFirst();
    if (group.any(fault.isPresent())) {
      throw new TrainingException(
          "tokenizer %s: %s at step %d, whose values are %d to %d of the stream, samples %s; lower %s.learning_rate or raise its warmup, and train again: that goes on from what was saved last, if there is something, else from the beginning"
              .formatted(
                  modality.key(),
                  fault.orElse("another rank's loss or gradient is no finite number"),
                  step + 1,
                  step * recipe.valuesOfStep(),
                  (step + 1) * recipe.valuesOfStep() - 1,
                  CheckText.some(batches.names(step)),
                  "tokenizers." + modality.key()));
    }
  }

  private static String note(Map<String, Double> figures) {
    StringBuilder note = new StringBuilder();
    for (String name : List.of("loss", "perplexity", "dead")) {
      if (figures.containsKey(name)) {
        note.append(String.format(Locale.ROOT, "%s %.4g ", name, figures.get(name)));
      }
    }
    return note.toString().strip();
  }
}
