package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anymod.torch.StreamRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatternTest {

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void fadesIntoItsMeanWhereSamplesAreWide(Pattern pattern) {
    StreamRandom random = StreamRandom.at(1, "pattern test");
    double sum = 0;
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      sum += pattern.accent(random.nextDouble() * 200 - 100, random.nextDouble() * 200 - 100);
    }
    assertThat(pattern.accent(0.3, 0.7, 10)).isCloseTo(sum / draws, within(0.01));
  }

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void isSharpWhereSamplesAreNarrow(Pattern pattern) {
    StreamRandom random = StreamRandom.at(2, "pattern test");
    for (int i = 0; i < 1000; i++) {
      double u = random.nextDouble() * 20 - 10;
      double v = random.nextDouble() * 20 - 10;
      assertThat(pattern.accent(u, v, 0.1)).isEqualTo(pattern.accent(u, v)).isBetween(0.0, 1.0);
    }
  }
}
