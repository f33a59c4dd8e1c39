package org.anymod.core.tokenize.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.training.TrainingLog;
import org.anymod.core.training.board.EventWriter;

/**
 * Where the figures of a tokenizer's training go: {@code tokenizer-<key>.jsonl}, with names of
 * checks beginning with {@code check/}, and event files for TensorBoard below {@code
 * tensorboard/tokenizer-<key>} if these are wanted.
 */
public final class TokenizerJournal implements Closeable {
  private static final String CHECK = "check/";

  private final TrainingLog log;
  private final Path board;
  private final boolean tensorboard;
  private Optional<EventWriter> events = Optional.empty();

  /**
   * Opens a journal.
   *
   * @param folder folder of logs, made when something is written
   * @param key model key
   * @param tensorboard whether figures go into event files too
   */
  public TokenizerJournal(Path folder, String key, boolean tensorboard) {
    this.log = log(folder, key);
    this.board = folder.resolve("tensorboard").resolve("tokenizer-" + key);
    this.tensorboard = tensorboard;
  }

  /**
   * Returns the log of a tokenizer's training.
   *
   * @param folder folder of logs
   * @param key model key
   * @return the log
   */
  public static TrainingLog log(Path folder, String key) {
    return new TrainingLog(folder.resolve("tokenizer-" + key + ".jsonl"));
  }

  /** Begins a session after the given step: what was written of later steps no longer counts. */
  void begin(long step) throws IOException {
    log.rewind(step);
    if (tensorboard) {
      events = Optional.of(EventWriter.open(board, step));
    }
  }

  void trained(long step, Map<String, Double> figures) throws IOException {
    log.add(step, figures);
    if (events.isPresent()) {
      events.get().add(step, "train/", figures);
    }
  }

  void checked(long step, Map<String, Double> figures) throws IOException {
    Map<String, Double> named = new LinkedHashMap<>();
    figures.forEach((name, value) -> named.put(CHECK + name, value));
    log.add(step, named);
    if (events.isPresent()) {
      events.get().add(step, "", named);
    }
  }

  @Override
  public void close() throws IOException {
    if (events.isPresent()) {
      events.get().close();
    }
  }
}
