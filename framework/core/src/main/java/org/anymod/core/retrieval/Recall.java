package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anymod.torch.StreamRandom;

/** How many of the true neighbours a search finds. */
public final class Recall {
  private static final int OWN_QUERIES = 200;
  private static final int OWN_TOP = 10;

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

  /**
   * Looks up some vectors of a gallery, each of which does not count as its own neighbour.
   *
   * @param gallery the vectors
   * @param found a search among them that may miss some
   * @param exact a search among them that misses none
   * @return the share of the ten nearest that was found; 1 if there is but one vector
   */
  public static double amongOwn(EmbeddingTable gallery, Search found, Search exact) {
    int top = Math.min(OWN_TOP + 1, gallery.rows());
    if (top < 2) {
      return 1;
    }
    int[] order = StreamRandom.at(0, "graph recall").permutation(gallery.rows());
    int count = Math.min(OWN_QUERIES, order.length);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      queries.add(gallery.row(order[i]));
    }
    return of(
        others(found.search(queries, top), order, top - 1),
        others(exact.search(queries, top), order, top - 1));
  }

  /** All but the vector itself, which copies of it may push out. */
  private static List<List<Neighbour>> others(List<List<Neighbour>> found, int[] rows, int most) {
    List<List<Neighbour>> others = new ArrayList<>();
    for (int q = 0; q < found.size(); q++) {
      int own = rows[q];
      others.add(found.get(q).stream().filter(n -> n.row() != own).limit(most).toList());
    }
    return others;
  }
}
