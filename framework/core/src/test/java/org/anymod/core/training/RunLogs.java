package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anymod.core.pipeline.TinyWorld;

/**
 * Logs of trainings that one or several processes made.
 *
 * @param folder folder of all runs
 */
record RunLogs(Path folder) {

  List<JsonNode> of(String name, String file) throws IOException {
    return new TrainingLog(folder.resolve(name).resolve("logs").resolve(file)).read();
  }

  void compareTokenizers(String expected, String found) throws IOException {
    String file = "tokenizer-" + TinyWorld.TOKENS + ".jsonl";
    List<JsonNode> one = of(expected, file);
    List<JsonNode> several = of(found, file);
    assertThat(several).hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      for (String name : List.of("loss", "perplexity", "dead", "grad_norm", "check/error")) {
        if (one.get(i).has(name)) {
          double value = one.get(i).get(name).asDouble();
          assertThat(several.get(i).get(name).asDouble())
              .as(found + " " + name)
              .isCloseTo(value, within(1e-4 * Math.abs(value)));
        }
      }
    }
  }

  void compare(String expected, String found) throws IOException {
    List<JsonNode> one = of(expected, "train.jsonl");
    List<JsonNode> several = of(found, "train.jsonl");
    assertThat(several).hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      double loss = one.get(i).get("loss").asDouble();
      assertThat(several.get(i).get("loss").asDouble())
          .as(found + " step " + i)
          .isCloseTo(loss, within(1e-5 * loss));
      for (String name : List.of("target_tokens", "input_tokens", "dropped_tokens")) {
        assertThat(several.get(i).get(name)).isEqualTo(one.get(i).get(name));
      }
      double phrase = one.get(i).get("loss/phrase").asDouble();
      assertThat(several.get(i).get("loss/phrase").asDouble())
          .isCloseTo(phrase, within(1e-4 * phrase));
    }
  }

  void checkRanks(String name, int ranks) throws IOException {
    List<JsonNode> whole = of(name, "train.jsonl");
    double tokens = 0;
    for (int rank = 0; rank < ranks; rank++) {
      List<JsonNode> lines = of(name, "rank-" + rank + ".jsonl");
      assertThat(lines).hasSameSizeAs(whole);
      tokens += lines.get(0).get("target_tokens").asDouble();
      assertThat(lines.get(7).get("bytes").asDouble()).isPositive();
    }
    assertThat(tokens).isEqualTo(whole.get(0).get("target_tokens").asDouble());
  }
}
