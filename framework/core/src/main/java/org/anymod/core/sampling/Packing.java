package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits rows into groups of about the same length, so that little is computed for padding. Rows
 * without tokens are a group of their own: what they get must not depend on the others.
 *
 * @param groups rows of each group, shortest first; rows of one length in order
 */
record Packing(List<int[]> groups) {
  /** Most padding that is computed for the sake of fewer groups, as a part of the tokens. */
  private static final double MOST_PADDING = 0.15;

  static Packing of(int[] lengths) {
    List<Integer> order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .toList();
    List<int[]> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    long tokens = 0;
    for (int row : order) {
      long with = tokens + lengths[row];
      long computed = (group.size() + 1L) * lengths[row];
      boolean apart = tokens == 0 && lengths[row] > 0;
      if (!group.isEmpty() && (apart || computed > (1 + MOST_PADDING) * with)) {
        groups.add(array(group));
        group.clear();
        with = lengths[row];
      }
      group.add(row);
      tokens = with;
    }
    groups.add(array(group));
    return new Packing(groups);
  }

  private static int[] array(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  /** For each row its place, counted through all groups. */
  int[] places() {
    int[] places = new int[groups.stream().mapToInt(group -> group.length).sum()];
    int at = 0;
    for (int[] group : groups) {
      for (int row : group) {
        places[row] = at++;
      }
    }
    return places;
  }
}
