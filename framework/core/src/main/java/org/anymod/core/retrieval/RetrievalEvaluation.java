package org.anymod.core.retrieval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.Value;

/**
 * How well samples are found again.
 *
 * @param embedding model key of the embedding
 * @param gallery what the gallery was made of: {@code files}, or model keys joined by {@code +}
 * @param similarity how embeddings were compared
 * @param samples vectors in the gallery
 * @param cuts numbers of neighbours in which the right one may be, ascending
 * @param queries what was measured, in the order of asking
 * @param bound what the embedding's tokenizer alone reaches, its values sent there and back; empty
 *     where the gallery is not of true embeddings
 * @param face model key of what is shown of samples; empty if nothing is
 * @param shown samples with their neighbours, for pictures
 */
public record RetrievalEvaluation(
    String embedding,
    String gallery,
    String similarity,
    int samples,
    List<Integer> cuts,
    List<Query> queries,
    Optional<Query> bound,
    Optional<String> face,
    List<Shown> shown) {

  /**
   * What was measured of one kind of query. Ties are counted as in random order.
   *
   * @param name model keys joined by {@code +}
   * @param asked number of queries
   * @param recall by cut, the share of queries whose own sample is among so many neighbours
   * @param medianRank median of the rank of the own sample, 1 for the first
   * @param meanReciprocalRank mean of 1 / rank
   */
  public record Query(
      String name,
      int asked,
      Map<Integer, Double> recall,
      double medianRank,
      double meanReciprocalRank) {}

  /**
   * A query to look at.
   *
   * @param query name of the {@link Query}
   * @param sample name of the sample
   * @param rank rank of the sample itself
   * @param face what is shown of it
   * @param found its neighbours, the most alike first
   */
  public record Shown(String query, String sample, double rank, Value face, List<Found> found) {}

  /**
   * A neighbour to look at.
   *
   * @param sample name of the sample
   * @param score how alike it is
   * @param face what is shown of it
   */
  public record Found(String sample, double score, Value face) {}

  /**
   * Returns what a blind choice reaches.
   *
   * @param cut a number of neighbours
   * @return the share of the gallery
   */
  public double chance(int cut) {
    return Math.min(1, (double) cut / samples);
  }

  /**
   * Returns the median rank of a blind choice.
   *
   * @return the middle of the gallery
   */
  public double chanceRank() {
    return (samples + 1) / 2.0;
  }
}
