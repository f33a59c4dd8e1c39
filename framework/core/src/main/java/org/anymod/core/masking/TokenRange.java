package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/**
 * Token budgets of a sample, drawn evenly from ranges.
 *
 * @param minInput smallest input budget in tokens, at least 0
 * @param maxInput largest input budget in tokens
 * @param minTarget smallest target budget in tokens, at least 0; or {@link MaskingPlan#EVERYTHING}
 * @param maxTarget largest target budget in tokens; or {@link MaskingPlan#EVERYTHING}
 */
public record TokenRange(int minInput, int maxInput, int minTarget, int maxTarget) {

  /** Checks that no range is empty. */
  public TokenRange {
    check("Input", minInput, maxInput);
    check("Target", minTarget, maxTarget);
    if ((minTarget == MaskingPlan.EVERYTHING) != (maxTarget == MaskingPlan.EVERYTHING)) {
      throw new IllegalArgumentException(
          "minTarget and maxTarget must both be EVERYTHING or neither");
    }
  }

  private static void check(String name, int min, int max) {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException(
          "min%s is %d and max%s is %d, must be 0 <= min <= max".formatted(name, min, name, max));
    }
  }

  int input(RandomGenerator random) {
    return between(minInput, maxInput, random);
  }

  int target(RandomGenerator random) {
    return between(minTarget, maxTarget, random);
  }

  private static int between(int min, int max, RandomGenerator random) {
    return min == max ? min : min + random.nextInt(max - min + 1);
  }
}
