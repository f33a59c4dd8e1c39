package org.anymod.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.core.sampling.schedule.Categorical;

/** Makes the choices that the reference system made: its random orders and numbers. */
final class RecordedChoices implements Choices {
  private final String sampler;
  private final Map<Integer, List<JsonNode>> steps = new HashMap<>();
  private final Map<Integer, Integer> at = new HashMap<>();
  private final Map<Integer, Integer> left = new HashMap<>();
  private final boolean forcesKept;
  private final int stopsAt;
  private final Choices ranks = new SeededChoices(0, 0);

  /**
   * Reads the choices of a case.
   *
   * @param forcesKept whether the recorded places stay, because nothing says which they should be
   * @param stopsAt an id that counts as the closing sentinel; -1 for none
   */
  RecordedChoices(
      PublishedGeneration published, JsonNode recorded, boolean forcesKept, int stopsAt) {
    this.sampler = recorded.get("sampler").asText();
    this.forcesKept = forcesKept;
    this.stopsAt = stopsAt;
    for (JsonNode step : recorded.path("steps")) {
      steps
          .computeIfAbsent(
              published.index(step.get("target_domain").asText()), m -> new ArrayList<>())
          .add(step);
    }
  }

  private JsonNode step(int modality) {
    return steps.get(modality).get(at.getOrDefault(modality, 0));
  }

  @Override
  public int[] places(int row, int modality, int[] open, int count) {
    int[] places = PublishedGeneration.ints(step(modality).get("positions_in").get(row));
    assertThat(places).hasSize(count);
    return IntStream.of(places).sorted().toArray();
  }

  @Override
  public int token(int row, int modality, int place, Logits logits, float[] confidenceOut1) {
    int token = draw(row, modality, place, logits, confidenceOut1);
    if (steps.containsKey(modality) && step(modality).has("positions_in")) {
      countDown(modality);
    }
    return token == stopsAt ? 6 : token;
  }

  private int draw(int row, int modality, int place, Logits logits, float[] confidence) {
    if (sampler.equals("cdf")) {
      JsonNode step = step(modality);
      return logits.draw(uniform(step, row, place), confidence);
    }
    Logits greedy =
        new Logits(logits.values(), logits.from(), logits.to(), 0, logits.topK(), logits.topP());
    int token = greedy.draw(0, confidence);
    if (sampler.equals("argmax_mn") && logits.temperature() > 0) {
      confidence[0] =
          Categorical.probability(
              logits.values(),
              logits.from(),
              logits.to(),
              logits.temperature(),
              logits.topK(),
              logits.topP(),
              token);
    }
    return token;
  }

  private static double uniform(JsonNode step, int row, int place) {
    if (!step.has("positions_in")) {
      return step.get("u").get(place).get(row).asDouble();
    }
    int[] order = PublishedGeneration.ints(step.get("positions_in").get(row));
    int number =
        IntStream.range(0, order.length).filter(i -> order[i] == place).findFirst().orElseThrow();
    return step.get("u").get(0).get(row * order.length + number).asDouble();
  }

  /** The step is over when all its places have been drawn in all rows. */
  private void countDown(int modality) {
    int total = 0;
    for (JsonNode row : step(modality).get("positions_in")) {
      total += row.size();
    }
    int remaining = left.getOrDefault(modality, total) - 1;
    left.put(modality, remaining);
    if (remaining == 0) {
      left.remove(modality);
      at.merge(modality, 1, Integer::sum);
    }
  }

  @Override
  public int[] keep(
      int row, int modality, int[] places, float[] confidences, int count, double noise) {
    int[] kept = ranks.keep(row, modality, places, confidences, count, noise);
    if (!steps.containsKey(modality)) {
      return kept;
    }
    // Once the last row has drawn, the next step has begun.
    int number = at.getOrDefault(modality, 0) - (left.containsKey(modality) ? 0 : 1);
    JsonNode step = steps.get(modality).get(number);
    int[] chosen = PublishedGeneration.ints(step.get("chosen_positions").get(row));
    if (forcesKept) {
      return IntStream.of(chosen).map(place -> Arrays.binarySearch(places, place)).toArray();
    }
    assertThat(IntStream.of(kept).map(i -> places[i]).sorted().toArray()).containsExactly(chosen);
    return kept;
  }
}
