package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rows that may be among the nearest, compared again in double precision. */
final class Candidates {
  private static final Comparator<Neighbour> ORDER =
      Comparator.comparingDouble(Neighbour::score).reversed().thenComparingInt(Neighbour::row);

  private Candidates() {}

  static List<Neighbour> best(
      EmbeddingTable gallery, Similarity similarity, float[] query, List<Integer> rows, int top) {
    List<Neighbour> found = new ArrayList<>();
    for (int row : rows) {
      found.add(new Neighbour(row, gallery.raw(similarity, query, row)));
    }
    return found.stream()
        .sorted(ORDER)
        .limit(top)
        .map(n -> new Neighbour(n.row(), similarity.shown(n.score())))
        .toList();
  }
}
