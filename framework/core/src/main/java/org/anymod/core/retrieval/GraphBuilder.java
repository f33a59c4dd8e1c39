package org.anymod.core.retrieval;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.feature.Feature;
import io.github.jbellis.jvector.graph.disk.feature.FeatureId;
import io.github.jbellis.jvector.graph.disk.feature.InlineVectors;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.AtomicFile;
import org.anymod.core.data.FolderLock;
import org.anymod.core.data.StrictJson;
import org.anymod.core.training.Checksums;

/**
 * Builds the graph with which JVector searches, and keeps it beside the vectors. One vector is
 * added after the other by one thread: the library draws its levels from a fixed seed, and so the
 * same vectors give the same file. Several threads would be faster and give another graph each
 * time. What was interrupted begins anew.
 *
 * <p>Nearly all the time goes into comparing vectors, some thousand times for each that is added.
 * So edges between long vectors are chosen by what is left of them in a few directions; a search
 * compares whole ones.
 */
final class GraphBuilder {
  private static final int FEW_DIRECTIONS = 128;

  /** Where there are fewer vectors, finding the directions would take longer than it saves. */
  private static final int LEAST_ROWS = 1024;

  /** Edges are cut back to the degree when there are more than this many times as many. */
  private static final float OVERFLOW = 1.5f;

  private static final float ALPHA = 1.2f;
  private static final int REPORT_EVERY = 256;

  private final EmbeddingTable table;
  private final Similarity similarity;
  private final GraphSettings settings;

  GraphBuilder(EmbeddingTable table, Similarity similarity, GraphSettings settings) {
    this.table = table;
    this.similarity = similarity;
    this.settings = settings;
  }

  /**
   * Builds and writes a graph.
   *
   * @return whether it came to the end
   */
  boolean write(Path folder, String vectors, Progress progress, StopSignal stop)
      throws IOException {
    Path home = folder.toAbsolutePath();
    FolderLock lock = FolderLock.take(home);
    try {
      // From here until all is there, there is no graph.
      Files.deleteIfExists(home.resolve(GraphSearch.CHECKSUMS));
      Path contract = home.resolve(GraphSearch.CONTRACT);
      StrictJson.write(contract, GraphContract.of(vectors, similarity, settings));
      Path file = home.resolve(GraphSearch.GRAPH);
      Path temporary = home.resolve("." + GraphSearch.GRAPH + ".tmp");
      // The library would write over the first part of what a killed process left.
      Files.deleteIfExists(temporary);
      try {
        if (!writeGraph(() -> temporary, progress, stop)) {
          return false;
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        AtomicFile.publish(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
      Checksums.write(home.resolve(GraphSearch.CHECKSUMS), List.of(contract, file));
      return true;
    } finally {
      lock.close();
    }
  }

  /** Says where a graph goes, when it is built. */
  interface Place {
    Path file() throws IOException;
  }

  /**
   * Builds and writes a graph.
   *
   * @param place asked once, when the graph is built
   * @return whether it came to the end
   */
  boolean writeGraph(Place place, Progress progress, StopSignal stop) throws IOException {
    progress.start("graph", table.rows(), "vector");
    TableVectors vectors = vectors();
    ForkJoinPool alone = new ForkJoinPool(1);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(
                BuildScoreProvider.randomAccessScoreProvider(vectors, vectors.function()),
                vectors.dimension(),
                settings.degree())
            .withBeamWidth(settings.breadth())
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .withSimdExecutor(alone)
            .withParallelExecutor(alone)
            .build()) {
      for (int row = 0; row < table.rows(); row++) {
        if (row % REPORT_EVERY == 0) {
          if (stop.requested()) {
            progress.message("stopped; the graph is begun anew by the next call");
            return false;
          }
          progress.advance(row, "");
        }
        builder.addGraphNode(row, vectors.getVector(row));
      }
      progress.advance(table.rows(), "refining");
      builder.cleanup();
      write(builder.getGraph(), place.file());
      progress.finish();
      return true;
    } finally {
      alone.shutdown();
    }
  }

  private TableVectors vectors() {
    boolean narrow = table.width() >= 2 * FEW_DIRECTIONS && table.rows() >= LEAST_ROWS;
    return narrow
        ? TableVectors.narrowed(table, similarity, FEW_DIRECTIONS)
        : new TableVectors(table, similarity);
  }

  /**
   * Writes the edges. The format wants vectors too, which would make the file many times as large;
   * searches have them from the table, and so it gets one number for each.
   */
  private static void write(ImmutableGraphIndex graph, Path file) throws IOException {
    InlineVectors.State none = new InlineVectors.State(TableVectors.ONE_NUMBER);
    try (OnDiskGraphIndexWriter writer =
        new OnDiskGraphIndexWriter.Builder(graph, file).with(new InlineVectors(1)).build()) {
      writer.write(Feature.singleStateFactory(FeatureId.INLINE_VECTORS, row -> none));
    }
  }
}
