package org.anymod.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  @Test
  void countsInsertionsDeletionsReplacementsAndSwaps() {
    assertThat(NearestName.distance("steps", "steps")).isZero();
    assertThat(NearestName.distance("step", "steps")).isEqualTo(1);
    assertThat(NearestName.distance("steeps", "steps")).isEqualTo(1);
    assertThat(NearestName.distance("stepz", "steps")).isEqualTo(1);
    assertThat(NearestName.distance("setps", "steps")).isEqualTo(1);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void picksTheClosestAndNothingFar() {
    assertThat(NearestName.to("bacth", List.of("steps", "batch", "beta"))).contains("batch");
    assertThat(NearestName.to("xyz", List.of("steps", "batch"))).isEmpty();
    assertThat(NearestName.to("a".repeat(1_000_000), List.of("steps"))).isEmpty();
  }
}
