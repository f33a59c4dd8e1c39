package org.anymod.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
        GraphSearch graph =
            GraphSearch.build(gallery, Similarity.COSINE, SETTINGS, folder.resolve("g"))) {
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
        GraphSearch graph =
            GraphSearch.build(gallery, Similarity.L2, SETTINGS, folder.resolve("g"))) {
      assertThat(Recall.of(graph.search(queries, 5), exact.search(queries, 5))).isGreaterThan(0.9);
    }
  }

  @Test
  void sameVectorsGiveTheSameGraph() throws IOException {
    EmbeddingTable gallery = EmbeddingTable.of(RetrieveBenchmark.clustered(800, 16, 13));
    for (String name : List.of("a", "b")) {
      GraphSearch.build(gallery, Similarity.COSINE, SETTINGS, folder.resolve(name)).close();
    }
    assertThat(Files.readAllBytes(folder.resolve("a")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b")));
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
