package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamRandomTest {

  @Test
  void givesTheSameNumbersAtTheSamePlace() {
    assertThat(StreamRandom.at(1, "a", 2, 3).nextLong())
        .isEqualTo(StreamRandom.at(1, "a", 2, 3).nextLong());
  }

  @Test
  void givesOtherNumbersElsewhere() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (String purpose : new String[] {"c", "a", "b", "ab", "ba"}) {
        for (long position = 0; position < 50; position++) {
          seen.add(StreamRandom.at(seed, purpose, position).nextLong());
          seen.add(StreamRandom.at(seed, purpose, position, 0).nextLong());
        }
      }
    }
    assertThat(seen).hasSize(20 * 5 * 50 * 2);
  }

  @Test
  void isUniformAcrossPositions() {
    double sum = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      sum += StreamRandom.at(7, "mean", i).nextDouble();
    }
    // Five standard errors of a uniform mean.
    assertThat(sum / n).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
  }

  @Test
  void permutesEveryPlaceEquallyOften() {
    int[][] counts = new int[4][4];
    for (int i = 0; i < 40_000; i++) {
      int[] order = StreamRandom.at(3, "order", i).permutation(4);
      assertThat(Arrays.stream(order).sorted().toArray()).containsExactly(0, 1, 2, 3);
      for (int place = 0; place < 4; place++) {
        counts[place][order[place]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isBetween(9_500, 10_500);
      }
    }
  }
}
