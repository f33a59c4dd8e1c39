package org.anymod.media;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The most typical of some things: the one whose distances to all of them have the smallest sum.
 * The best constant answer where things cannot be averaged.
 */
public final class Medoid {
  private Medoid() {}

  /**
   * Finds the most typical one.
   *
   * @param <T> type of the things
   * @param all at least one
   * @param candidates how many evenly spaced ones are tried, at least 1
   * @param distance how far a candidate, which comes first, is from another thing
   * @return its index; the first on ties
   */
  public static <T> int of(
      List<T> all, int candidates, ToDoubleBiFunction<? super T, ? super T> distance) {
    int tried = Math.min(all.size(), candidates);
    int best = 0;
    double bestSum = Double.POSITIVE_INFINITY;
    for (int i = 0; i < tried; i++) {
      int index = (int) ((long) i * all.size() / tried);
      T candidate = all.get(index);
      double sum =
          all.stream().mapToDouble(other -> distance.applyAsDouble(candidate, other)).sum();
      if (sum < bestSum) {
        best = index;
        bestSum = sum;
      }
    }
    return best;
  }
}
