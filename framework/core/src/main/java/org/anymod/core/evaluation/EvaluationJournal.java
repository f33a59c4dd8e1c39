package org.anymod.core.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.data.AtomicFile;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.FolderLock;
import org.anymod.spi.Value;
import org.anymod.torch.parallel.Communicator;

/**
 * The pairs that an interrupted evaluation had measured: one file for each in a folder of their
 * own, which is gone once all are. Numbers are written as text, so that they come back bit for bit.
 */
final class EvaluationJournal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTRACT = "contract.txt";
  private static final long MAX_FIGURES = 16L << 20;
  private static final long MAX_VALUES = 1L << 30;

  private final Path folder;
  private final Optional<FolderLock> lock;

  /**
   * A measured pair.
   *
   * @param prediction the predictions
   * @param ensembles what combining so many predictions reaches
   * @param shown predicted values by number of the sample
   */
  record Measured(
      Evaluation.Score prediction,
      Map<Integer, Evaluation.Score> ensembles,
      Map<Integer, Value> shown) {}

  private EvaluationJournal(Path folder, Optional<FolderLock> lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a journal. What lies there of an evaluation that measured something else is removed.
   *
   * @param folder folder of its own
   * @param contract identity of what is measured
   * @param ranks who notes in it; rank 0 has the right to, for all of them
   * @param progress hears if an earlier evaluation is not gone on with
   * @throws DatasetException if the ranks do not measure the same
   * @throws IOException if the folder cannot be read or written, or another process has it
   */
  static EvaluationJournal open(Path folder, String contract, Communicator ranks, Progress progress)
      throws IOException {
    if (!ranks.agree(contract.hashCode())) {
      throw new DatasetException("the ranks have different models, settings or data to evaluate");
    }
    Files.createDirectories(folder);
    Optional<FolderLock> lock =
        ranks.isFirst() ? Optional.of(FolderLock.take(folder)) : Optional.empty();
    EvaluationJournal journal = new EvaluationJournal(folder, lock);
    try {
      if (ranks.isFirst()) {
        journal.begin(contract, progress);
      }
      ranks.barrier();
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void begin(String contract, Progress progress) throws IOException {
    Path file = folder.resolve(CONTRACT);
    boolean earlier = Files.isRegularFile(file);
    if (!earlier || !contract.equals(Files.readString(file, StandardCharsets.UTF_8))) {
      if (earlier) {
        progress.message("evaluation: starts anew, since model, data or settings have changed");
      }
      clear();
      AtomicFile.write(file, contract.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Returns what was measured of a question; empty if it was not, or its files are damaged. */
  Optional<Measured> measured(Question question) throws IOException {
    Path figures = file(question, ".json");
    Path values = file(question, ".bin");
    if (!Files.isRegularFile(figures) || !Files.isRegularFile(values)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(bytes(figures, MAX_FIGURES));
      Map<Integer, Evaluation.Score> ensembles = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.path("ensembles").properties()) {
        ensembles.put(Integer.valueOf(entry.getKey()), score(entry.getValue()));
      }
      return node.path("question").asText().equals(question.key())
          ? Optional.of(
              new Measured(
                  score(node.path("prediction")),
                  ensembles,
                  StoredValues.read(bytes(values, MAX_VALUES))))
          : Optional.empty();
    } catch (JacksonException | DatasetException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Path file, long most) throws IOException {
    if (Files.size(file) > most) {
      throw new DatasetException(file + " has " + Files.size(file) + " bytes, at most " + most);
    }
    return Files.readAllBytes(file);
  }

  private static Evaluation.Score score(JsonNode node) {
    Map<String, Double> figures = new LinkedHashMap<>();
    node.path("figures")
        .properties()
        .forEach(entry -> figures.put(entry.getKey(), Double.valueOf(entry.getValue().asText())));
    return new Evaluation.Score(Double.parseDouble(node.path("error").asText()), figures);
  }

  /**
   * Notes what was measured; the figures come last, so that they are there only with the values.
   */
  void add(Question question, Measured measured) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("question", question.key());
    write(node.putObject("prediction"), measured.prediction());
    ObjectNode ensembles = node.putObject("ensembles");
    measured
        .ensembles()
        .forEach((size, score) -> write(ensembles.putObject(Integer.toString(size)), score));
    AtomicFile.write(file(question, ".bin"), StoredValues.write(measured.shown()));
    AtomicFile.write(file(question, ".json"), JSON.writeValueAsBytes(node));
  }

  private static void write(ObjectNode node, Evaluation.Score score) {
    node.put("error", Double.toString(score.error()));
    ObjectNode figures = node.putObject("figures");
    score.figures().forEach((name, figure) -> figures.put(name, Double.toString(figure)));
  }

  /** Keys hold characters that file names may not; the file itself says whose it is. */
  private Path file(Question question, String extension) {
    return folder.resolve(
        question.key().replaceAll("[^a-zA-Z0-9_]", "-")
            + "-"
            + Integer.toHexString(question.key().hashCode())
            + extension);
  }

  /** Removes everything that was noted. */
  void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".json") || name.endsWith(".bin") || name.equals(CONTRACT)) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
