package org.anymod.core.tokenize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
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
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/** Trains one tokenizer: a plain loop that can be stopped and goes on where it was, bit for bit. */
public final class TokenizerTrainer {
  private static final String WEIGHTS = "weights.";
  private static final String OPTIMIZER = "optimizer.";
  private static final int LOG_EVERY = 10;

  private final TokenizerStore store;
  private final UsedModality modality;
  private final TokenizerValues values;
  private final TokenizerRecipe recipe;
  private final long seed;

  /**
   * Creates a trainer.
   *
   * @param store where weights are kept
   * @param modality the modality to train a tokenizer for
   * @param values training values
   * @param seed seed of the run
   */
  public TokenizerTrainer(
      TokenizerStore store, UsedModality modality, TokenizerValues values, long seed) {
    this.store = store;
    this.modality = modality;
    this.values = values;
    this.recipe = store.settings(modality);
    this.seed = seed;
  }

  /**
   * One line of the training log.
   *
   * @param step number of the step, from 1
   * @param figures numbers by name
   */
  public record LogLine(long step, Map<String, Double> figures) {}

  /**
   * Trains to the end, or until the signal.
   *
   * @param progress hears how far it is
   * @param stop asks to stop; what was learned so far is kept
   * @return the log of this call
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public List<LogLine> train(Progress progress, StopSignal stop) throws Exception {
    if (!(store.create(modality) instanceof TrainableTokenizer tokenizer)) {
      throw new IllegalArgumentException(
          "tokenizers." + modality.key() + ": this tokenizer cannot be trained; give a file");
    }
    try (tokenizer) {
      long start = resume(tokenizer);
      List<LogLine> log = new ArrayList<>();
      CosineSchedule schedule =
          new CosineSchedule(recipe.learningRate(), 0, recipe.warmup(), recipe.steps());
      progress.start("tokenizer " + modality.key(), recipe.steps(), "step");
      try (OrderedPrefetch<List<Value>> batches =
          new OrderedPrefetch<>(this::batch, start, recipe.steps(), 1, 3)) {
        for (long step = start; step < recipe.steps(); step++) {
          Map<String, Double> figures =
              tokenizer.step(
                  batches.next(),
                  schedule.at(step),
                  StreamRandom.at(seed, "tokenizer step " + modality.key(), step));
          checkFinite(figures, step);
          if ((step + 1) % LOG_EVERY == 0 || step + 1 == recipe.steps()) {
            log.add(new LogLine(step + 1, figures));
            progress.advance(step + 1, note(figures));
          }
          if (stop.requested()) {
            save(tokenizer, step + 1);
            progress.message(
                "stopped after step " + (step + 1) + "; the next call goes on from there");
            return log;
          }
        }
      }
      store.save(modality, tokenizer);
      store.deleteProgress(modality);
      progress.finish();
      return log;
    }
  }

  /** Values of a step: drawn without replacement, epoch after epoch. */
  private List<Value> batch(long step) throws IOException {
    List<Value> batch = new ArrayList<>(recipe.batch());
    for (int i = 0; i < recipe.batch(); i++) {
      long position = step * recipe.batch() + i;
      long epoch = position / values.size();
      int[] order = order(epoch);
      batch.add(values.get(order[(int) (position % values.size())]));
    }
    return batch;
  }

  private long orderEpoch = -1;
  private int[] order;

  private synchronized int[] order(long epoch) {
    if (orderEpoch != epoch) {
      order =
          StreamRandom.at(seed, "tokenizer order " + modality.key(), epoch)
              .permutation(values.size());
      orderEpoch = epoch;
    }
    return order;
  }

  private long resume(TrainableTokenizer tokenizer) throws IOException {
    Optional<java.nio.file.Path> file = store.progress(modality);
    if (file.isEmpty()) {
      return 0;
    }
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> state = SafeTensors.read(file.get(), scope.manager());
      tokenizer.load(part(state, WEIGHTS));
      tokenizer.loadTrainingState(part(state, OPTIMIZER));
    }
    return Long.parseLong(SafeTensors.header(file.get()).metadata().get("step"));
  }

  private void save(TrainableTokenizer tokenizer, long step) throws IOException {
    Map<String, NDArray> state = new LinkedHashMap<>();
    tokenizer.state().forEach((name, tensor) -> state.put(WEIGHTS + name, tensor));
    tokenizer.trainingState().forEach((name, tensor) -> state.put(OPTIMIZER + name, tensor));
    store.saveProgress(modality, state, step);
  }

  private static Map<String, NDArray> part(Map<String, NDArray> state, String prefix) {
    Map<String, NDArray> part = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }

  private void checkFinite(Map<String, Double> figures, long step) {
    if (!Double.isFinite(figures.get("loss"))) {
      throw new IllegalStateException(
          "tokenizer "
              + modality.key()
              + ": loss is "
              + figures.get("loss")
              + " at step "
              + (step + 1)
              + "; lower learning_rate or raise warmup");
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
