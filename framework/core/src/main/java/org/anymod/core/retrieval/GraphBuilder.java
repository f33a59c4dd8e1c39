package org.anymod.core.retrieval;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
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
 */
final class GraphBuilder {
  private static final float OVERFLOW = 1.2f;
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
      try {
        if (!writeGraph(temporary, progress, stop)) {
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

  boolean writeGraph(Path file, Progress progress, StopSignal stop) throws IOException {
    TableVectors vectors = new TableVectors(table, similarity);
    ForkJoinPool alone = new ForkJoinPool(1);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(
                BuildScoreProvider.randomAccessScoreProvider(vectors, vectors.function()),
                table.width(),
                settings.degree())
            .withBeamWidth(settings.breadth())
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .withSimdExecutor(alone)
            .withParallelExecutor(alone)
            .build()) {
      progress.start("graph", table.rows(), "vector");
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
      ImmutableGraphIndex graph = builder.getGraph();
      OnDiskGraphIndex.write(graph, vectors, file);
      progress.finish();
      return true;
    } finally {
      alone.shutdown();
    }
  }
}
