package org.anymod.core.sampling.schedule;

import java.util.Arrays;

/** How many tokens of a grid each decoding step decides. */
public final class TokenSchedule {
  private TokenSchedule() {}

  /**
   * Spreads tokens evenly; the first steps take one more where they do not divide.
   *
   * @param steps number of steps, at least 1
   * @param tokens number of tokens, at least 1
   * @return tokens of each step, at least 1 each; fewer steps than asked where there are fewer
   *     tokens
   * @throws IllegalArgumentException if a number is below 1
   */
  public static int[] linear(int steps, int tokens) {
    check(steps, tokens);
    int[] schedule = new int[Math.min(steps, tokens)];
    Arrays.fill(schedule, tokens / steps);
    for (int i = 0; i < tokens % steps; i++) {
      schedule[i]++;
    }
    return schedule;
  }

  /**
   * Spreads tokens along a half cosine wave: few at the ends, many in the middle. After step i of
   * S, {@code (1 + cos(pi i / S)) / 2} of the tokens remain.
   *
   * @param steps number of steps, at least 1
   * @param tokens number of tokens, at least 1
   * @return tokens of each step, as many steps as asked; a step may have 0
   * @throws IllegalArgumentException if a number is below 1
   */
  public static int[] cosine(int steps, int tokens) {
    check(steps, tokens);
    int[] schedule = new int[steps];
    int left = tokens;
    for (int i = 0; i < steps - 1; i++) {
      int share = (int) Math.rint(tokens * (remaining(i, steps) - remaining(i + 1, steps)));
      // Many steps for few tokens can all round up: no step takes what is not there.
      schedule[i] = Math.min(share, left);
      left -= schedule[i];
    }
    schedule[steps - 1] = left;
    return schedule;
  }

  /**
   * Returns what is left of a schedule when some tokens are already decided.
   *
   * @param schedule tokens of each step
   * @param done number of tokens decided, from 0 to less than the schedule's total
   * @return the remaining steps; a step within which the border falls is shortened
   * @throws IllegalArgumentException if {@code done} is outside its range
   */
  public static int[] continued(int[] schedule, int done) {
    int total = Arrays.stream(schedule).sum();
    if (done < 0 || done >= total) {
      throw new IllegalArgumentException(done + " tokens are done, must be 0 to " + (total - 1));
    }
    int before = 0;
    int first = 0;
    while (before + schedule[first] <= done) {
      before += schedule[first++];
    }
    int[] rest = Arrays.copyOfRange(schedule, first, schedule.length);
    rest[0] -= done - before;
    return rest;
  }

  private static double remaining(int step, int steps) {
    return (1 + Math.cos(Math.PI * step / steps)) / 2;
  }

  private static void check(int steps, int tokens) {
    if (steps < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "a schedule needs at least 1 step and 1 token, but has "
              + steps
              + " steps and "
              + tokens
              + " tokens");
    }
  }
}
