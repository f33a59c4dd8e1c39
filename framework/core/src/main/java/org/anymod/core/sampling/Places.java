package org.anymod.core.sampling;

import java.util.stream.IntStream;

/** Places in a grid. */
final class Places {
  private Places() {}

  static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  static int[] where(boolean[] flags, boolean value) {
    return IntStream.range(0, flags.length).filter(i -> flags[i] == value).toArray();
  }
}
