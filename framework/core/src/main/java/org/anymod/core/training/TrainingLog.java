package org.anymod.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Figures of a training as JSON lines, one for each logged step. A resumed run drops lines after
 * its checkpoint.
 */
public final class TrainingLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /**
   * Opens a log.
   *
   * @param file the file, made when the first line is written
   */
  public TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * Drops lines of steps after the given one.
   *
   * @param step last step to keep
   * @throws IOException if the file cannot be read or written
   */
  public void rewind(long step) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      // A line cut off by a kill is no JSON: everything from there on is dropped.
      JsonNode node = parse(line);
      if (node == null || node.path("step").asLong(Long.MAX_VALUE) > step) {
        break;
      }
      kept.add(line);
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, kept, StandardCharsets.UTF_8);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Adds a line.
   *
   * @param step number of the step, from 1
   * @param figures numbers by name
   * @throws IOException if writing fails
   */
  public void add(long step, Map<String, Double> figures) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("step", step);
    figures.forEach(node::put);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        JSON.writeValueAsString(node) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /**
   * Reads all lines.
   *
   * @return one node for each logged step; none if there is no file
   * @throws IOException if the file cannot be read
   */
  public List<JsonNode> read() throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        JsonNode node = parse(line);
        if (node != null) {
          nodes.add(node);
        }
      }
    }
    return nodes;
  }
}
