package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Gives recorded numbers in their order, and fails when asked for another kind of number than was
 * recorded.
 */
final class ReplayedRandom implements RandomGenerator {
  private record Draw(String kind, double value) {}

  private final Deque<Draw> draws = new ArrayDeque<>();

  /** Reads the list of calls of a published case. */
  ReplayedRandom(JsonNode calls) {
    for (JsonNode call : calls) {
      String function = call.get("fn").textValue();
      if (function.equals("torch.rand")) {
        call.get("values").forEach(value -> draws.add(new Draw("uniform", value.doubleValue())));
      } else if (function.equals("np.random.randint")) {
        draws.add(
            new Draw("below " + call.get("args").get(0).intValue(), call.get("value").intValue()));
      } else if (function.equals("random.choice")) {
        // One of 0 and 1: the lower half of the unit interval stands for 0.
        draws.add(new Draw("uniform", call.get("value").doubleValue() / 2 + 0.25));
      } else {
        assertThat(function).isEqualTo("random.uniform");
        draws.add(new Draw("uniform", call.get("value").doubleValue()));
      }
    }
  }

  @Override
  public double nextDouble() {
    return next("uniform");
  }

  @Override
  public int nextInt(int bound) {
    return (int) next("below " + bound);
  }

  @Override
  public long nextLong() {
    throw new AssertionError("no such number was recorded");
  }

  void assertExhausted() {
    assertThat(draws).as("numbers not asked for").isEmpty();
  }

  private double next(String kind) {
    assertThat(draws).isNotEmpty();
    Draw draw = draws.remove();
    assertThat(draw.kind()).isEqualTo(kind);
    return draw.value();
  }
}
