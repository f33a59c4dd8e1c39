package org.anymod.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.benchmark.RetrieveBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactSearchTest {
  private static final int WIDTH = 24;

  /** Clusters, exact copies, copies that differ by less than a product can tell, and a zero. */
  private static List<float[]> gallery() {
    List<float[]> vectors = new ArrayList<>(RetrieveBenchmark.clustered(1500, WIDTH, 3));
    for (int i = 0; i < 120; i++) {
      float[] copy = vectors.get(i % 3).clone();
      if (i % 2 == 1) {
        copy[i % WIDTH] = Math.nextUp(copy[i % WIDTH]);
      }
      vectors.add(copy);
    }
    vectors.add(new float[WIDTH]);
    return vectors;
  }

  private static List<float[]> queries(List<float[]> gallery) {
    List<float[]> queries = new ArrayList<>(RetrieveBenchmark.clustered(100, WIDTH, 4));
    queries.addAll(gallery.subList(0, 5));
    queries.add(new float[WIDTH]);
    return queries;
  }

  private static List<Neighbour> bruteForce(
      List<float[]> gallery, Similarity similarity, float[] query, int top) {
    return IntStream.range(0, gallery.size())
        .mapToObj(i -> new Neighbour(i, similarity.raw(query, 0, gallery.get(i), 0, WIDTH)))
        .sorted(
            Comparator.comparingDouble(Neighbour::score)
                .reversed()
                .thenComparingInt(Neighbour::row))
        .limit(top)
        .map(n -> new Neighbour(n.row(), similarity.shown(n.score())))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void findsWhatComparingAllInDoublePrecisionFinds(Similarity similarity) {
    List<float[]> gallery = gallery();
    List<float[]> queries = queries(gallery);
    try (ExactSearch search =
        new ExactSearch(EmbeddingTable.of(gallery), similarity, Device.cpu())) {
      for (int top : new int[] {1, 7, gallery.size()}) {
        List<List<Neighbour>> found = search.search(queries, top);
        for (int q = 0; q < queries.size(); q++) {
          assertThat(found.get(q))
              .as("top %s of query %s", top, q)
              .isEqualTo(bruteForce(gallery, similarity, queries.get(q), top));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void countsWhatIsBetterAndWhatIsTied(Similarity similarity) {
    List<float[]> gallery = gallery();
    List<float[]> queries = queries(gallery);
    int[] targets = IntStream.range(0, queries.size()).map(q -> q * 13 % gallery.size()).toArray();
    List<Place> places;
    try (ExactSearch search =
        new ExactSearch(EmbeddingTable.of(gallery), similarity, Device.cpu())) {
      places = search.places(queries, targets);
    }
    for (int q = 0; q < queries.size(); q++) {
      float[] query = queries.get(q);
      double wanted = similarity.raw(query, 0, gallery.get(targets[q]), 0, WIDTH);
      double[] all =
          gallery.stream().mapToDouble(row -> similarity.raw(query, 0, row, 0, WIDTH)).toArray();
      int better = (int) IntStream.range(0, all.length).filter(i -> all[i] > wanted).count();
      int tied = (int) IntStream.range(0, all.length).filter(i -> all[i] == wanted).count();
      assertThat(places.get(q)).as("query %s", q).isEqualTo(new Place(better, tied));
    }
  }

  @Test
  void tiesCountAsTheirChance() {
    assertThat(new Place(0, 1).within(1)).isEqualTo(1);
    assertThat(new Place(0, 4).within(1)).isEqualTo(0.25);
    assertThat(new Place(3, 4).within(5)).isEqualTo(0.5);
    assertThat(new Place(5, 2).within(5)).isZero();
    assertThat(new Place(0, 4).rank()).isEqualTo(2.5);
  }

  @Test
  void scoresAreCosinesAndNegativeDistances() {
    EmbeddingTable table = EmbeddingTable.of(List.of(new float[] {3, 4}, new float[] {-3, -4}));
    try (ExactSearch cosine = new ExactSearch(table, Similarity.COSINE, Device.cpu());
        ExactSearch distance = new ExactSearch(table, Similarity.L2, Device.cpu())) {
      List<float[]> query = List.of(new float[] {6, 8});
      assertThat(cosine.search(query, 2).get(0))
          .containsExactly(new Neighbour(0, 1), new Neighbour(1, -1));
      assertThat(distance.search(query, 2).get(0))
          .containsExactly(new Neighbour(0, -5), new Neighbour(1, -15));
    }
  }

  @Test
  void refusesWhatCannotBeAsked() {
    assertThatThrownBy(() -> EmbeddingTable.of(List.of()))
        .hasMessage("the gallery is empty, must have at least one vector");
    assertThatThrownBy(() -> EmbeddingTable.of(List.of(new float[2], new float[3])))
        .hasMessage("vector 1 has 3 numbers, the first has 2");
    EmbeddingTable table = EmbeddingTable.of(List.of(new float[] {1, 0}, new float[] {0, 1}));
    try (ExactSearch search = new ExactSearch(table, Similarity.COSINE, Device.cpu())) {
      assertThatThrownBy(() -> search.search(List.of(new float[2]), 3))
          .hasMessage(
              "asked for 3 neighbours, must be from 1 to 2, the number of vectors in the"
                  + " gallery");
      assertThatThrownBy(() -> search.search(List.of(new float[3]), 1))
          .hasMessage("query 0 has 3 numbers, must have 2");
      assertThatThrownBy(() -> search.search(List.of(new float[] {0, Float.NaN}), 1))
          .hasMessage("query 0: number 1 is NaN, must be finite");
    }
    assertThatThrownBy(() -> Similarity.of("dot"))
        .hasMessage("similarity is 'dot', must be cosine or l2");
  }
}
