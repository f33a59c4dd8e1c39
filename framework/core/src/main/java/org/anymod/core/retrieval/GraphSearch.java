package org.anymod.core.retrieval;

import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.StrictJson;
import org.anymod.core.training.Checksums;

/**
 * Search along the edges of a graph (JVector; a hierarchy of DiskANN graphs): time grows with the
 * logarithm of the gallery, and some neighbours may be missed. Scores are those of the exact
 * search.
 */
public final class GraphSearch implements Search {
  static final String GRAPH = "graph.jvector";
  static final String CONTRACT = "graph.json";
  static final String CHECKSUMS = "graph-checksums.json";

  private final EmbeddingTable table;
  private final Similarity similarity;
  private final TableVectors vectors;
  private final int breadth;
  private final ReaderSupplier file;
  private final OnDiskGraphIndex graph;
  private final GraphSearcher searcher;
  private final Closeable atEnd;

  private GraphSearch(
      EmbeddingTable table, Similarity similarity, int breadth, Path file, Closeable atEnd)
      throws IOException {
    this.table = table;
    this.similarity = similarity;
    this.vectors = new TableVectors(table, similarity);
    this.breadth = breadth;
    this.atEnd = atEnd;
    this.file = ReaderSupplierFactory.open(file);
    this.graph = OnDiskGraphIndex.load(this.file);
    this.searcher = new GraphSearcher(graph);
  }

  /**
   * Builds the graph of an index, unless it is there.
   *
   * @param index the index, in whose folder it is kept
   * @param similarity how vectors are compared
   * @param settings how the graph is built
   * @param progress hears how far it is
   * @param stop asks to stop; nothing is kept then
   * @return whether it came to the end
   * @throws IOException if it cannot be written
   */
  public static boolean build(
      RetrievalIndex index,
      Similarity similarity,
      GraphSettings settings,
      Progress progress,
      StopSignal stop)
      throws IOException {
    GraphContract wanted = GraphContract.of(index.identity(), similarity, settings);
    boolean whole =
        Stream.of(CHECKSUMS, CONTRACT, GRAPH)
            .allMatch(file -> Files.isRegularFile(index.folder().resolve(file)));
    if (whole && contract(index.folder()).equals(wanted)) {
      return true;
    }
    return new GraphBuilder(index.vectors(), similarity, settings)
        .write(index.folder(), index.identity(), progress, stop);
  }

  private static GraphContract contract(Path folder) throws IOException {
    return StrictJson.read(
        folder.resolve(CONTRACT), GraphContract.class, RetrievalIndex.LARGEST_CONTRACT);
  }

  /**
   * Opens the graph of an index.
   *
   * @param index the index
   * @param similarity how vectors are compared
   * @return the search; closing it closes the file
   * @throws DatasetException if there is none, it is damaged, or was made of other vectors or for
   *     another similarity
   * @throws IOException if it cannot be read
   */
  public static GraphSearch open(RetrievalIndex index, Similarity similarity) throws IOException {
    Path folder = index.folder();
    Path sums = folder.resolve(CHECKSUMS);
    if (!Files.isRegularFile(sums)) {
      throw new DatasetException(
          folder + " has no graph; build one with anymod retrieve index --approximate");
    }
    Optional<String> damage = Checksums.damage(sums, true);
    if (damage.isPresent()) {
      throw new DatasetException(damage.get() + "; delete " + sums + " and build the graph again");
    }
    GraphContract contract = contract(folder);
    if (!contract.vectors().equals(index.identity())) {
      throw new DatasetException(
          folder.resolve(GRAPH) + " was made of other vectors; build the graph again");
    }
    if (!contract.similarity().equals(similarity.label())) {
      throw new DatasetException(
          folder.resolve(GRAPH)
              + " is for the similarity "
              + contract.similarity()
              + ", not for "
              + similarity.label());
    }
    return new GraphSearch(
        index.vectors(), similarity, contract.breadth(), folder.resolve(GRAPH), () -> {});
  }

  /**
   * Builds a graph of vectors that belong to no index; no file of it stays.
   *
   * @param table the vectors
   * @param similarity how they are compared
   * @param settings how the graph is built
   * @param folder where its file lies meanwhile
   * @param progress hears how far it is
   * @param stop asks to stop
   * @return the search, closing it lets go of the file; empty if it was stopped
   * @throws IOException if it cannot be written
   */
  public static Optional<GraphSearch> temporary(
      EmbeddingTable table,
      Similarity similarity,
      GraphSettings settings,
      Path folder,
      Progress progress,
      StopSignal stop)
      throws IOException {
    TemporaryFile file = new TemporaryFile(folder, "anymod-graph", ".jvector");
    try {
      GraphBuilder builder = new GraphBuilder(table, similarity, settings);
      if (!builder.writeGraph(file::create, progress, stop)) {
        return Optional.empty();
      }
      GraphSearch search =
          new GraphSearch(table, similarity, settings.breadth(), file.path(), file);
      file.hide();
      return Optional.of(search);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<List<Neighbour>> search(List<float[]> queries, int top) {
    Requests.check(table, queries, top);
    List<List<Neighbour>> found = new ArrayList<>();
    for (float[] query : queries) {
      int wide = Math.min(table.rows(), Math.max(top, breadth));
      SearchResult result =
          searcher.search(
              DefaultSearchScoreProvider.exact(
                  vectors.prepared(query), vectors.function(), vectors),
              wide,
              wide,
              0,
              0,
              Bits.ALL);
      List<Integer> rows = new ArrayList<>();
      for (SearchResult.NodeScore node : result.getNodes()) {
        rows.add(node.node);
      }
      found.add(Candidates.best(table, similarity, query, rows, top));
    }
    return found;
  }

  @Override
  public void close() {
    try {
      searcher.close();
      graph.close();
      file.close();
      atEnd.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
