package org.anymod.core.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.data.AtomicFile;
import org.anymod.core.training.board.EventWriter;

/**
 * Where the figures of a training go, below one folder: {@code train.jsonl} and {@code
 * validation.jsonl}, event files for TensorBoard if these are wanted, and {@code
 * failure-<step>.json} for a step that went wrong.
 */
public final class TrainingJournal implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final TrainingLog train;
  private final TrainingLog validation;
  private final boolean tensorboard;
  private final boolean writes;
  private Optional<EventWriter> events = Optional.empty();

  /**
   * Opens a journal.
   *
   * @param folder folder of logs, made when something is written
   * @param tensorboard whether figures go into event files too
   */
  public TrainingJournal(Path folder, boolean tensorboard) {
    this(folder, tensorboard, true);
  }

  /**
   * Opens a journal of one of several ranks.
   *
   * @param folder folder of logs, made when something is written
   * @param tensorboard whether figures go into event files too
   * @param writes whether this rank writes at all
   */
  public TrainingJournal(Path folder, boolean tensorboard, boolean writes) {
    this.folder = folder;
    this.writes = writes;
    this.train = new TrainingLog(folder.resolve("train.jsonl"));
    this.validation = new TrainingLog(folder.resolve("validation.jsonl"));
    this.tensorboard = tensorboard;
  }

  /** Folder of the logs. */
  Path folder() {
    return folder;
  }

  /** Begins a session after the given step: what was written of later steps no longer counts. */
  void begin(long step) throws IOException {
    if (!writes) {
      return;
    }
    train.rewind(step);
    validation.rewind(step);
    if (tensorboard) {
      events = Optional.of(EventWriter.open(folder.resolve("tensorboard"), step));
    }
  }

  void add(long step, Map<String, Double> figures) throws IOException {
    if (!writes) {
      return;
    }
    train.add(step, figures);
    if (events.isPresent()) {
      events.get().add(step, "train/", figures);
    }
  }

  void validated(long step, Map<String, Double> figures) throws IOException {
    if (!writes) {
      return;
    }
    validation.add(step, figures);
    if (events.isPresent()) {
      events.get().add(step, "validation/", figures);
    }
  }

  /** Writes what is known of a step that went wrong; returns the file. */
  Path failure(long step, Map<String, ?> facts) throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, "failure-%08d.json", step));
    if (!writes) {
      return file;
    }
    Files.createDirectories(folder);
    AtomicFile.write(
        file.toAbsolutePath(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
    return file;
  }

  @Override
  public void close() throws IOException {
    if (events.isPresent()) {
      events.get().close();
    }
  }
}
