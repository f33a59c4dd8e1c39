package org.anymod.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Evenly spaced elements of a list, so that a costly statistic of many samples stays affordable and
 * deterministic.
 */
final class Subsample {
  private Subsample() {}

  static <T> List<T> evenly(List<? extends T> all, int max) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there are no truths, at least one is needed");
    }
    int count = Math.min(all.size(), max);
    List<T> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return chosen;
  }
}
