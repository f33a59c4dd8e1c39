package org.anymod.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.benchmark.RetrieveBenchmark;
import org.anymod.core.data.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSearchTest {
  private static final GraphSettings SETTINGS = new GraphSettings(16, 50);

  @TempDir Path folder;

  @Test
  void findsNearlyAllTrueNeighboursOfClusteredVectors() throws IOException {
    List<float[]> all = RetrieveBenchmark.clustered(5100, 16, 11);
    EmbeddingTable gallery = EmbeddingTable.of(all.subList(0, 5000));
    List<float[]> queries = all.subList(5000, 5100);
    try (ExactSearch exact = new ExactSearch(gallery, Similarity.COSINE, Device.cpu());
        GraphSearch graph = temporary(gallery, Similarity.COSINE)) {
      List<List<Neighbour>> truth = exact.search(queries, 10);
      List<List<Neighbour>> found = graph.search(queries, 10);
      assertThat(Recall.of(found, truth)).isGreaterThan(0.9);
      // What both find has the same score.
      for (int q = 0; q < queries.size(); q++) {
        for (Neighbour neighbour : found.get(q)) {
          for (Neighbour other : truth.get(q)) {
            if (other.row() == neighbour.row()) {
              assertThat(neighbour).isEqualTo(other);
            }
          }
        }
      }
    }
  }

  @Test
  void findsNeighboursByDistance() throws IOException {
    List<float[]> all = RetrieveBenchmark.clustered(1050, 16, 12);
    EmbeddingTable gallery = EmbeddingTable.of(all.subList(0, 1000));
    List<float[]> queries = all.subList(1000, 1050);
    try (ExactSearch exact = new ExactSearch(gallery, Similarity.L2, Device.cpu());
        GraphSearch graph = temporary(gallery, Similarity.L2)) {
      assertThat(Recall.of(graph.search(queries, 5), exact.search(queries, 5))).isGreaterThan(0.9);
    }
  }

  @Test
  void findsTrueNeighboursOfLongVectorsByEitherSimilarity() throws IOException {
    List<float[]> all = RetrieveBenchmark.clustered(1550, 320, 14);
    EmbeddingTable gallery = EmbeddingTable.of(all.subList(0, 1500));
    List<float[]> queries = all.subList(1500, 1550);
    for (Similarity similarity : Similarity.values()) {
      try (ExactSearch exact = new ExactSearch(gallery, similarity, Device.cpu());
          GraphSearch graph = temporary(gallery, similarity)) {
        assertThat(Recall.of(graph.search(queries, 10), exact.search(queries, 10)))
            .as(similarity.label())
            .isGreaterThan(0.9);
      }
    }
  }

  @Test
  void sameVectorsGiveTheSameGraph() throws IOException {
    for (int width : new int[] {16, 300}) {
      EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(1100, width, 13));
      for (String name : List.of("a", "b")) {
        Path file = folder.resolve(name + width);
        builder(gallery).writeGraph(() -> file, Progress.silent(), new StopSignal());
      }
      assertThat(Files.readAllBytes(folder.resolve("a" + width)))
          .isEqualTo(Files.readAllBytes(folder.resolve("b" + width)));
    }
  }

  @Test
  void theFileHoldsEdgesNotVectors() throws IOException {
    EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(1100, 300, 13));
    Path file = folder.resolve("g");
    builder(gallery).writeGraph(() -> file, Progress.silent(), new StopSignal());
    long edges = 1100L * SETTINGS.degree() * Integer.BYTES;
    assertThat(Files.size(file)).isBetween(edges, 2 * edges);
  }

  @Test
  void showsHowFarTheGraphIs() throws IOException {
    List<String> heard = new ArrayList<>();
    Progress progress =
        new Heard() {
          @Override
          public void start(String task, long total, String unit) {
            heard.add(task + " of " + total + " " + unit);
          }

          @Override
          public void advance(long done, String note) {
            heard.add(done + note);
          }
        };
    EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(600, 16, 13));
    temporary(gallery, progress, new StopSignal()).orElseThrow().close();
    assertThat(heard).containsExactly("graph of 600 vector", "0", "256", "512", "600refining");
  }

  @Test
  void noTemporaryFileStays() throws IOException {
    EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(600, 16, 13));
    try (GraphSearch graph = temporary(gallery, Similarity.COSINE)) {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        // Not even if the process were killed now.
        assertThat(folder).isEmptyDirectory();
      }
      assertThat(graph.search(List.of(gallery.row(5)), 1).get(0).get(0).row()).isEqualTo(5);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void noTemporaryFileStaysOfABuildThatWasStoppedOrFailed() throws IOException {
    EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(600, 16, 13));
    StopSignal stop = new StopSignal();
    Progress stopping =
        new Heard() {
          @Override
          public void advance(long done, String note) {
            stop.request();
          }
        };
    assertThat(temporary(gallery, stopping, stop)).isEmpty();
    assertThat(folder).isEmptyDirectory();
    Progress failing =
        new Heard() {
          @Override
          public void finish() {
            assertThat(folder).isNotEmptyDirectory();
            throw new IllegalStateException("the terminal is gone");
          }
        };
    assertThatThrownBy(() -> temporary(gallery, failing, new StopSignal()))
        .hasMessage("the terminal is gone");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledBuildLeftBesideAnIndexDoesNoHarm() throws IOException {
    RetrievalIndex index = index("a", 60);
    build(index, new StopSignal());
    byte[] whole = Files.readAllBytes(index.folder().resolve("graph.jvector"));
    Files.delete(index.folder().resolve("graph-checksums.json"));
    Files.write(index.folder().resolve(".graph.jvector.tmp"), new byte[2 * whole.length]);
    assertThat(build(index, new StopSignal())).isTrue();
    assertThat(Files.readAllBytes(index.folder().resolve("graph.jvector"))).isEqualTo(whole);
    assertThat(index.folder().resolve(".graph.jvector.tmp")).doesNotExist();
  }

  @Test
  void isKeptBesideTheVectorsItWasMadeOf() throws IOException {
    RetrievalIndex index = index("a", 60);
    assertThatThrownBy(() -> GraphSearch.open(index, Similarity.COSINE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has no graph");
    StopSignal stop = new StopSignal();
    stop.request();
    assertThat(build(index, stop)).isFalse();
    assertThatThrownBy(() -> GraphSearch.open(index, Similarity.COSINE))
        .hasMessageContaining("has no graph");
    assertThat(build(index, new StopSignal())).isTrue();
    try (GraphSearch graph = GraphSearch.open(index, Similarity.COSINE)) {
      float[] query = index.vectors().row(17);
      assertThat(graph.search(List.of(query), 1).get(0).get(0).row()).isEqualTo(17);
    }
    assertThatThrownBy(() -> GraphSearch.open(index, Similarity.L2))
        .hasMessageContaining("is for the similarity cosine, not for l2");
  }

  @Test
  void refusesAGraphOfOtherVectorsAndADamagedOne() throws IOException {
    RetrievalIndex index = index("a", 60);
    RetrievalIndex other = index("b", 70);
    build(index, new StopSignal());
    for (String name : List.of("graph.jvector", "graph.json", "graph-checksums.json")) {
      Files.copy(index.folder().resolve(name), other.folder().resolve(name));
    }
    assertThatThrownBy(() -> GraphSearch.open(other, Similarity.COSINE))
        .hasMessageContaining("was made of other vectors");
    Path file = index.folder().resolve("graph.jvector");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    assertThatThrownBy(() -> GraphSearch.open(index, Similarity.COSINE))
        .hasMessageContaining("graph.jvector has " + (bytes.length - 5) + " bytes, must have");
  }

  /** A listener of which a test needs one method. */
  private static class Heard implements Progress {
    @Override
    public void start(String task, long total, String unit) {}

    @Override
    public void advance(long done, String note) {}

    @Override
    public void finish() {}

    @Override
    public void message(String line) {}
  }

  private static GraphBuilder builder(EmbeddingTable gallery) {
    return new GraphBuilder(gallery, Similarity.COSINE, SETTINGS);
  }

  private GraphSearch temporary(EmbeddingTable gallery, Similarity similarity) throws IOException {
    return GraphSearch.temporary(
            gallery, similarity, SETTINGS, folder, Progress.silent(), new StopSignal())
        .orElseThrow();
  }

  private Optional<GraphSearch> temporary(
      EmbeddingTable gallery, Progress progress, StopSignal stop) throws IOException {
    return GraphSearch.temporary(gallery, Similarity.COSINE, SETTINGS, folder, progress, stop);
  }

  private static boolean build(RetrievalIndex index, StopSignal stop) throws IOException {
    return GraphSearch.build(index, Similarity.COSINE, SETTINGS, Progress.silent(), stop);
  }

  private RetrievalIndex index(String name, int count) throws IOException {
    NumberedEmbeddings source = new NumberedEmbeddings(count);
    new IndexWriter(folder.resolve(name), source.contract("m1"))
        .write(source, Progress.silent(), new StopSignal());
    return RetrievalIndex.open(folder.resolve(name));
  }
}
