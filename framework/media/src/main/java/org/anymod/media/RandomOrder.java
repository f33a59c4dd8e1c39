package org.anymod.media;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random orders of lists. */
public final class RandomOrder {
  private RandomOrder() {}

  /**
   * Puts a list into a random order.
   *
   * @param <T> type of the elements
   * @param list the list
   * @param random the only source of chance
   * @return the elements, each order equally likely
   */
  public static <T> List<T> of(List<T> list, RandomGenerator random) {
    List<T> order = new ArrayList<>(list);
    for (int i = order.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      T kept = order.get(i);
      order.set(i, order.get(other));
      order.set(other, kept);
    }
    return order;
  }
}
