package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void countsInsertionsDeletionsReplacementsAndSwaps() {
    assertThat(Nearest.distance("steps", "steps")).isZero();
    assertThat(Nearest.distance("step", "steps")).isEqualTo(1);
    assertThat(Nearest.distance("steeps", "steps")).isEqualTo(1);
    assertThat(Nearest.distance("stepz", "steps")).isEqualTo(1);
    assertThat(Nearest.distance("setps", "steps")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void picksTheClosestAndNothingFar() {
    assertThat(Nearest.to("bacth", List.of("steps", "batch", "beta"))).contains("batch");
    assertThat(Nearest.to("xyz", List.of("steps", "batch"))).isEmpty();
    assertThat(Nearest.to("a".repeat(1_000_000), List.of("steps"))).isEmpty();
  }
}
