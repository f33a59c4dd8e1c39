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

  void add(String stage, double seconds) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("stage", stage).put("seconds", seconds);
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
          total.merge(node.get("stage").asText(), node.path("seconds").asDouble(), Double::sum);
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
