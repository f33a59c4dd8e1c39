package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.core.benchmark.RetrieveBenchmark;

/** Clustered vectors that are a function of their number. */
final class NumberedEmbeddings implements EmbeddingSource {
  static final int WIDTH = 16;

  private final List<float[]> vectors;
  private final List<Integer> asked = new ArrayList<>();

  NumberedEmbeddings(int count) {
    this.vectors = RetrieveBenchmark.clustered(count, WIDTH, 7);
  }

  @Override
  public List<String> names() {
    return IntStream.range(0, vectors.size()).mapToObj(i -> "sample-" + i).toList();
  }

  @Override
  public List<float[]> rows(int from, int to) {
    asked.add(from);
    return vectors.subList(from, to);
  }

  /** First numbers of the ranges that were asked for. */
  List<Integer> asked() {
    return asked;
  }

  List<float[]> vectors() {
    return vectors;
  }

  /** A contract of predictions from one key, in shards of 10. */
  IndexContract contract(String model) {
    return new IndexContract(
        IndexContract.VERSION,
        "tok_vector",
        IndexContract.PREDICTED,
        List.of("picture"),
        model,
        Map.of("tok_vector", "t1"),
        "v1",
        "spec",
        WIDTH,
        "roar",
        1,
        4,
        0,
        "centre",
        "val",
        vectors.size(),
        Digest.of(names()),
        10);
  }
}
