package org.anymod.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Evenly spaced elements of a list, so that a costly statistic of many samples stays affordable and
 * deterministic.
 */
public final class Subsample {
  private Subsample() {}

  /**
   * Chooses elements.
   *
   * @param <T> type of the elements
   * @param all at least one
   * @param max how many there may be
   * @return all of them, or {@code max} evenly spaced ones
   * @throws IllegalArgumentException if there are none
   */
  public static <T> List<T> evenly(List<? extends T> all, int max) {
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
