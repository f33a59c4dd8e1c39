package org.anymod.core.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Places in a grid. */
final class Places {
  private Places() {}

  static boolean[] allOf(int count) {
    boolean[] all = new boolean[count];
    Arrays.fill(all, true);
    return all;
  }

  static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  static int[] where(boolean[] flags, boolean value) {
    return IntStream.range(0, flags.length).filter(i -> flags[i] == value).toArray();
  }
}
