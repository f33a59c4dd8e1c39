package org.anymod.core.benchmark;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.retrieval.EmbeddingTable;
import org.anymod.core.retrieval.ExactSearch;
import org.anymod.core.retrieval.GraphSearch;
import org.anymod.core.retrieval.GraphSettings;
import org.anymod.core.retrieval.Neighbour;
import org.anymod.core.retrieval.Recall;
import org.anymod.core.retrieval.Search;
import org.anymod.core.retrieval.Similarity;
import org.anymod.torch.StreamRandom;

/** Times exact search and search along a graph on the same clustered vectors. */
public final class RetrieveBenchmark {
  private static final int IN_A_CLUSTER = 50;
  private static final double SPREAD = 0.7;
  private static final int ROUNDS = 5;

  private RetrieveBenchmark() {}

  /**
   * What is measured.
   *
   * @param vectors vectors in the gallery
   * @param width numbers in each
   * @param queries vectors that are looked up
   * @param top neighbours of each
   * @param seed seed of the vectors
   */
  public record Setup(int vectors, int width, int queries, int top, long seed) {}

  /**
   * What was measured.
   *
   * @param vectors vectors in the gallery
   * @param width numbers in each
   * @param queries vectors that were looked up
   * @param top neighbours of each
   * @param buildSeconds time to build the graph
   * @param exactMilliseconds time of an exact search, one query at a time
   * @param batchMilliseconds time of a query in exact searches of all at once
   * @param graphMilliseconds time of a search along the graph
   * @param exactToGraph how many times faster the graph is than exact search one at a time
   * @param batchToGraph how many times faster the graph is than exact search of all at once
   * @param recall share of the true neighbours that the graph finds
   */
  public record Result(
      int vectors,
      int width,
      int queries,
      int top,
      double buildSeconds,
      double exactMilliseconds,
      double batchMilliseconds,
      double graphMilliseconds,
      double exactToGraph,
      double batchToGraph,
      double recall) {}

  /**
   * Measures.
   *
   * @param setup what is measured
   * @param device where products are computed
   * @param folder where the graph's file lies meanwhile
   * @param progress hears how far the graph is
   * @param stop asks to stop
   * @return medians of several rounds, in which both take turns; empty if it was stopped
   * @throws IOException if the graph cannot be kept in a temporary file
   */
  public static Optional<Result> run(
      Setup setup, Device device, Path folder, Progress progress, StopSignal stop)
      throws IOException {
    List<float[]> all = clustered(setup.vectors() + setup.queries(), setup.width(), setup.seed());
    EmbeddingTable gallery = EmbeddingTable.of(all.subList(0, setup.vectors()));
    List<float[]> queries = List.copyOf(all.subList(setup.vectors(), all.size()));
    // The table has copies of them.
    all.clear();
    long start = System.nanoTime();
    Optional<GraphSearch> built =
        GraphSearch.temporary(
            gallery, Similarity.COSINE, GraphSettings.DEFAULT, folder, progress, stop);
    if (built.isEmpty()) {
      return Optional.empty();
    }
    try (GraphSearch graph = built.get();
        ExactSearch exact = new ExactSearch(gallery, Similarity.COSINE, device)) {
      double build = (System.nanoTime() - start) / 1e9;
      return Optional.of(compare(setup, queries, exact, graph, build));
    }
  }

  private static Result compare(
      Setup setup, List<float[]> queries, ExactSearch exact, GraphSearch graph, double build) {
    List<List<Neighbour>> truth = exact.search(queries, setup.top());
    double recall = Recall.of(graph.search(queries, setup.top()), truth);
    Timings alone = new Timings();
    Timings batch = new Timings();
    Timings edges = new Timings();
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(oneByOne(exact, queries, setup.top()));
      long start = System.nanoTime();
      exact.search(queries, setup.top());
      batch.add(System.nanoTime() - start);
      edges.add(oneByOne(graph, queries, setup.top()));
    }
    double count = queries.size() * 1e6;
    return new Result(
        setup.vectors(),
        setup.width(),
        setup.queries(),
        setup.top(),
        build,
        alone.median() / count,
        batch.median() / count,
        edges.median() / count,
        alone.median() / edges.median(),
        batch.median() / edges.median(),
        recall);
  }

  private static long oneByOne(Search search, List<float[]> queries, int top) {
    long start = System.nanoTime();
    for (float[] query : queries) {
      search.search(List.of(query), top);
    }
    return System.nanoTime() - start;
  }

  /**
   * Makes vectors that lie around centres, as embeddings of similar things do.
   *
   * @param count how many
   * @param width numbers in each
   * @param seed seed
   * @return the vectors
   */
  public static List<float[]> clustered(int count, int width, long seed) {
    int centres = Math.max(1, count / IN_A_CLUSTER);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StreamRandom own = StreamRandom.at(seed, "vector", i);
      StreamRandom centre = StreamRandom.at(seed, "centre", own.nextInt(centres));
      float[] vector = new float[width];
      for (int d = 0; d < width; d++) {
        vector[d] = (float) (centre.nextGaussian() + SPREAD * own.nextGaussian());
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
