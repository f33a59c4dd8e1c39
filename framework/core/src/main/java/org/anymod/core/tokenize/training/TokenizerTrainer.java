package org.anymod.core.tokenize.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.schedule.CosineSchedule;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Trains one tokenizer: a plain loop that can be stopped or killed at any step and goes on from
 * what it last saved, to the same bits.
 */
public final class TokenizerTrainer {
  private static final int LOG_EVERY = 10;
  private static final int BATCHES_AHEAD = 3;
  private static final String AVERAGED = "ema/";

  private final TokenizerStore store;
  private final UsedModality modality;
  private final TokenizerRecipe recipe;
  private final StepBatches batches;
  private final TokenizerJournal journal;
  private final long seed;
  private Optional<TokenizerCheck> check = Optional.empty();
  private TokenizerWatcher watcher = seen -> {};

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
    PictureSizes sizes =
        new PictureSizes(
            recipe.resolutions().sizes(modality.tokenizer().orElseThrow().resolution()),
            seed,
            modality.key());
    this.batches = new StepBatches(values, recipe, sizes, seed, modality.key());
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
   * Trains to the end, or until the signal; goes on where an earlier call was stopped or killed.
   *
   * @param progress hears how far it is
   * @param stop asks to stop; what was learned so far is kept
   * @return steps done in all
   * @throws IllegalStateException if loss or gradient is no finite number; the message names the
   *     step and its samples
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public long train(Progress progress, StopSignal stop) throws Exception {
    try (TokenizerProgress state = new TokenizerProgress(store, modality, recipe.ema())) {
      long start = state.resume();
      journal.begin(start);
      progress.start("tokenizer " + modality.key(), recipe.steps(), "step");
      long done = loop(state, start, progress, stop);
      if (stop.requested()) {
        state.save(done);
        progress.message("stopped after step " + done + "; the next call goes on from there");
      } else {
        state.finish();
        progress.finish();
      }
      return done;
    }
  }

  private long loop(TokenizerProgress state, long start, Progress progress, StopSignal stop)
      throws Exception {
    CosineSchedule schedule =
        new CosineSchedule(
            recipe.learningRate(), recipe.minLearningRate(), recipe.warmup(), recipe.steps());
    long step = start;
    try (OrderedPrefetch<List<List<Value>>> stream =
        new OrderedPrefetch<>(batches::at, start, recipe.steps(), 1, BATCHES_AHEAD)) {
      while (step < recipe.steps() && !stop.requested()) {
        StreamRandom random = StreamRandom.at(seed, "tokenizer step " + modality.key(), step);
        Map<String, Double> figures =
            state.tokenizer().step(new TrainingStep(stream.next(), schedule.at(step), random));
        checkFinite(figures, step);
        step++;
        if (state.average().isPresent()) {
          state.average().get().follow(step);
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

  private void checkFinite(Map<String, Double> figures, long step) {
    for (String name : List.of("loss", "grad_norm")) {
      Double figure = figures.get(name);
      if (figure != null && !Double.isFinite(figure)) {
        throw new IllegalStateException(
            "tokenizer %s: %s is %s at step %d, whose values are %d to %d of the stream, samples %s; lower learning_rate or raise warmup"
                .formatted(
                    modality.key(),
                    name,
                    figure,
                    step + 1,
                    step * recipe.valuesOfStep(),
                    (step + 1) * recipe.valuesOfStep() - 1,
                    CheckText.some(batches.names(step))));
      }
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
