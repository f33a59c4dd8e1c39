package org.anymod.core.sampling.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

class CategoricalTest {
  private static final float IMPOSSIBLE = Float.NEGATIVE_INFINITY;

  @Test
  void keepsWhatThePublishedFilterKeeps() throws IOException {
    JsonNode published = Published.read("filtering.json");
    for (JsonNode item : published.get("cases")) {
      for (int row = 0; row < 3; row++) {
        float[] logits = Published.floats(published.get("logits").get(row));
        float smallest =
            new Filtering(logits.length)
                .smallestKept(logits, 0, 12, topK(item), item.get("top_p").doubleValue());
        int[] kept = IntStream.range(0, 12).map(i -> logits[i] >= smallest ? 1 : 0).toArray();
        assertThat(kept)
            .as("row %d of %s", row, item)
            .containsExactly(Published.ints(item.get("kept").get(row)));
      }
    }
  }

  @Test
  void drawsWithThePublishedProbabilities() throws IOException {
    JsonNode published = Published.read("filtering.json");
    for (JsonNode item : published.get("cases")) {
      for (int row = 0; row < 3; row++) {
        float[] logits = Published.floats(published.get("logits").get(row));
        double[] expected = Published.doubles(item.get("probs_temp_0.7").get(row));
        double below = 0;
        for (int token = 0; token < 12; token++) {
          if (expected[token] > 0) {
            float[] confidence = new float[1];
            double middle = below + expected[token] / 2;
            int drawn =
                Categorical.sample(
                    logits,
                    0,
                    12,
                    0.7,
                    topK(item),
                    item.get("top_p").doubleValue(),
                    middle,
                    confidence);
            assertThat(drawn).isEqualTo(token);
            assertThat(confidence[0]).isCloseTo((float) expected[token], within(1e-6f));
          }
          below += expected[token];
        }
      }
    }
  }

  @Test
  void temperatureZeroTakesTheFirstMostProbableTokenWithFullConfidence() {
    float[] confidence = new float[1];
    float[] logits = {9, 1, 3, 3, 2};
    assertThat(Categorical.sample(logits, 1, 5, 0, 0, 0, 0.99, confidence)).isEqualTo(1);
    assertThat(confidence).containsExactly(1);
  }

  @Test
  void neverDrawsWhatIsImpossibleEvenAtTheEdges() {
    float[] logits = {IMPOSSIBLE, 0, IMPOSSIBLE, 0, IMPOSSIBLE};
    float[] confidence = new float[1];
    assertThat(Categorical.sample(logits, 0, 5, 1, 0, 0, 0, confidence)).isEqualTo(1);
    assertThat(Categorical.sample(logits, 0, 5, 1, 0, 0, Math.nextDown(1.0), confidence))
        .isEqualTo(3);
    assertThat(confidence).containsExactly(0.5f);
  }

  @Test
  void looksOnlyAtItsPartOfTheLogits() {
    float[] confidence = new float[1];
    float[] logits = {50, 0, 0, 50};
    assertThat(Categorical.sample(logits, 1, 3, 1, 0, 0, 0.6, confidence)).isEqualTo(1);
    assertThat(confidence).containsExactly(0.5f);
  }

  @Test
  void selectsAsSortingWouldForRandomLogits() {
    StreamRandom random = StreamRandom.at(5, "selection");
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(200);
      float[] logits = new float[n];
      for (int i = 0; i < n; i++) {
        logits[i] = round % 3 == 0 ? random.nextInt(5) : (float) random.nextGaussian() * 4;
      }
      int topK = random.nextInt(n + 1);
      double topP = round % 2 == 0 ? 0 : random.nextDouble();
      assertThat(new Filtering(n).smallestKept(logits, 0, n, topK, topP))
          .as("round %d", round)
          .isEqualTo(smallestBySorting(logits, topK, topP));
    }
  }

  @Test
  void refusesLogitsThatAreNoDistribution() {
    float[] out = new float[1];
    for (float bad : List.of(Float.NaN, Float.POSITIVE_INFINITY)) {
      assertThatThrownBy(() -> Categorical.sample(new float[] {1, bad}, 0, 2, 1, 0, 0, 0.5, out))
          .hasMessageContaining("the logit of token 1 is " + bad);
    }
    assertThatThrownBy(() -> Categorical.sample(new float[] {IMPOSSIBLE}, 0, 1, 1, 0, 0, 0.5, out))
        .hasMessageContaining("no token is possible");
    assertThatThrownBy(() -> Categorical.sample(new float[4], 2, 5, 1, 0, 0, 0.5, out))
        .hasMessageContaining("2 to 5 of 4");
    assertThatThrownBy(() -> Categorical.sample(new float[4], 0, 4, -1, 0, 0, 0.5, out))
        .hasMessageContaining("temperature is -1.0");
  }

  private static int topK(JsonNode item) {
    JsonNode topK = item.get("top_k");
    return item.get("top_k_is_float").booleanValue()
        ? (int) (topK.doubleValue() * 12)
        : topK.intValue();
  }

  private static float smallestBySorting(float[] logits, int topK, double topP) {
    List<Float> sorted =
        IntStream.range(0, logits.length)
            .mapToObj(i -> logits[i])
            .sorted(Comparator.reverseOrder())
            .toList();
    float smallest =
        topK == 0 || topK >= sorted.size() ? Float.NEGATIVE_INFINITY : sorted.get(topK - 1);
    if (topP == 0) {
      return smallest;
    }
    double[] weights =
        sorted.stream()
            .filter(v -> v >= smallest)
            .mapToDouble(v -> Math.exp(v - sorted.get(0)))
            .toArray();
    double limit = topP * Arrays.stream(weights).sum();
    double above = 0;
    int last = 0;
    while (last + 1 < weights.length && above + weights[last] <= limit) {
      above += weights[last++];
    }
    return sorted.get(last);
  }
}
