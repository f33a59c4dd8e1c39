package org.anymod.core.retrieval;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.retrieval.GalleryBlocks.Block;
import org.anymod.core.retrieval.GalleryBlocks.Highest;
import org.anymod.torch.TensorScope;

/**
 * Search by matrix products on a device. Whatever is so near to the last place that float32 cannot
 * tell is compared again in double precision, so that the result is that of comparing all vectors
 * in double precision.
 */
public final class ExactSearch implements Search {
  private static final int BATCH = 64;

  /** Candidates beyond those asked for, so that near ties seldom need a second look. */
  private static final int SPARE = 16;

  private final EmbeddingTable gallery;
  private final Similarity similarity;
  private final GalleryBlocks blocks;

  /**
   * Brings a gallery to a device.
   *
   * @param gallery the vectors
   * @param similarity how they are compared
   * @param device where products are computed
   */
  public ExactSearch(EmbeddingTable gallery, Similarity similarity, Device device) {
    this.gallery = gallery;
    this.similarity = similarity;
    this.blocks = new GalleryBlocks(gallery, similarity, device);
  }

  @Override
  public List<List<Neighbour>> search(List<float[]> queries, int top) {
    Requests.check(gallery, queries, top);
    List<List<Neighbour>> found = new ArrayList<>();
    for (int from = 0; from < queries.size(); from += BATCH) {
      found.addAll(batch(queries.subList(from, Math.min(queries.size(), from + BATCH)), top));
    }
    return found;
  }

  private List<List<Neighbour>> batch(List<float[]> queries, int top) {
    try (TensorScope scope = blocks.open()) {
      NDArray prepared = blocks.queries(queries, scope.manager());
      List<Highest> highest = new ArrayList<>();
      for (Block block : blocks.blocks()) {
        highest.add(blocks.highest(block, prepared, Math.min(block.rows(), top + SPARE)));
      }
      List<List<Neighbour>> found = new ArrayList<>();
      for (int q = 0; q < queries.size(); q++) {
        List<Integer> rows = candidates(queries.get(q), q, highest, top, scope);
        found.add(Candidates.best(gallery, similarity, queries.get(q), rows, top));
      }
      return found;
    }
  }

  /** Every row whose score could be among the highest, seen the roundings. */
  private List<Integer> candidates(
      float[] query, int q, List<Highest> highest, int top, TensorScope scope) {
    double limit = lastScore(q, highest, top) - blocks.tolerance(query);
    List<Integer> rows = new ArrayList<>();
    for (int b = 0; b < highest.size(); b++) {
      Block block = blocks.blocks().get(b);
      Highest part = highest.get(b);
      int start = q * part.count();
      boolean cut = part.count() < block.rows() && part.scores()[start + part.count() - 1] >= limit;
      if (cut) {
        addAll(rows, block, query, limit, scope);
      } else {
        for (int i = start; i < start + part.count() && part.scores()[i] >= limit; i++) {
          rows.add(block.from() + (int) part.places()[i]);
        }
      }
    }
    return rows;
  }

  /** The score in the last place asked for. */
  private static double lastScore(int q, List<Highest> highest, int top) {
    int size = highest.stream().mapToInt(Highest::count).sum();
    float[] all = new float[size];
    int at = 0;
    for (Highest part : highest) {
      System.arraycopy(part.scores(), q * part.count(), all, at, part.count());
      at += part.count();
    }
    Arrays.sort(all);
    return all[size - top];
  }

  private void addAll(
      List<Integer> rows, Block block, float[] query, double limit, TensorScope scope) {
    float[] scores = blocks.scores(block, blocks.queries(List.of(query), scope.manager()));
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] >= limit) {
        rows.add(block.from() + i);
      }
    }
  }

  /**
   * Finds the place that one row of the gallery takes in the order of all, for each query.
   *
   * @param queries vectors of the gallery's width
   * @param targets the row that is looked for by each query
   * @return the place of each
   * @throws IllegalArgumentException if a query has another width or is not finite
   */
  public List<Place> places(List<float[]> queries, int[] targets) {
    Requests.check(gallery, queries, 1);
    List<Place> places = new ArrayList<>();
    for (int from = 0; from < queries.size(); from += BATCH) {
      int to = Math.min(queries.size(), from + BATCH);
      places.addAll(batch(queries.subList(from, to), Arrays.copyOfRange(targets, from, to)));
    }
    return places;
  }

  private List<Place> batch(List<float[]> queries, int[] targets) {
    int[] better = new int[queries.size()];
    int[] tied = new int[queries.size()];
    try (TensorScope scope = blocks.open()) {
      NDArray prepared = blocks.queries(queries, scope.manager());
      for (Block block : blocks.blocks()) {
        float[] scores = blocks.scores(block, prepared);
        for (int q = 0; q < queries.size(); q++) {
          count(block, scores, q, queries.get(q), targets[q], better, tied);
        }
      }
    }
    List<Place> places = new ArrayList<>();
    for (int q = 0; q < targets.length; q++) {
      places.add(new Place(better[q], tied[q]));
    }
    return places;
  }

  private void count(
      Block block, float[] scores, int q, float[] query, int target, int[] better, int[] tied) {
    double wanted = gallery.raw(similarity, query, target);
    double tolerance = blocks.tolerance(query);
    for (int i = 0; i < block.rows(); i++) {
      double difference = scores[q * block.rows() + i] - wanted;
      if (Math.abs(difference) <= tolerance) {
        difference = gallery.raw(similarity, query, block.from() + i) - wanted;
      }
      if (difference > 0) {
        better[q]++;
      } else if (difference == 0) {
        tied[q]++;
      }
    }
  }

  @Override
  public void close() {
    blocks.close();
  }
}
