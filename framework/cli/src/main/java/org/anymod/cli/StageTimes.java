package org.anymod.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the stages of a run took, as JSON lines beside its other logs. */
final class StageTimes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  StageTimes(Path logs) {
    this.file = logs.resolve("stages.jsonl");
  }

  /**
   * Notes a time.
   *
   * @param stage name of the stage
   * @param anew whether the stage began from nothing, so that earlier times of it do not count
   * @param seconds wall time
   */
  void add(String stage, boolean anew, double seconds) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("stage", stage).put("anew", anew).put("seconds", seconds);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        JSON.writeValueAsString(node) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Returns the seconds of each stage, those before an interruption included. */
  Map<String, Double> total() throws IOException {
    Map<String, Double> total = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        // A line cut off by a kill has no stage and is left out.
        JsonNode node = parse(line);
        if (node.path("stage").isTextual()) {
          double seconds = node.path("seconds").asDouble();
          boolean anew = node.path("anew").asBoolean();
          total.merge(node.get("stage").asText(), seconds, (old, now) -> anew ? now : old + now);
        }
      }
    }
    return total;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
