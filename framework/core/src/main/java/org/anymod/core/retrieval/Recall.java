package org.anymod.core.retrieval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many of the true neighbours a search finds. */
public final class Recall {
  private Recall() {}

  /**
   * Compares two searches.
   *
   * @param found neighbours of each query, such as those of a graph
   * @param exact the true neighbours of each, at least one
   * @return the share of the true neighbours that were found; one that is exactly as near as the
   *     last true one counts as well as that
   */
  public static double of(List<List<Neighbour>> found, List<List<Neighbour>> exact) {
    long hits = 0;
    long all = 0;
    for (int q = 0; q < exact.size(); q++) {
      List<Neighbour> truth = exact.get(q);
      double last = truth.get(truth.size() - 1).score();
      Set<Integer> rows = new HashSet<>();
      truth.forEach(neighbour -> rows.add(neighbour.row()));
      hits +=
          found.get(q).stream().filter(n -> rows.contains(n.row()) || n.score() >= last).count();
      all += truth.size();
    }
    return (double) hits / all;
  }
}
