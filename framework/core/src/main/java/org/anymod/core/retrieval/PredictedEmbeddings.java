package org.anymod.core.retrieval;

import java.io.IOException;
import java.util.List;

/** Embeddings that a model predicts from the samples of a dataset. */
final class PredictedEmbeddings implements EmbeddingSource {
  private final SampleChoice samples;
  private final List<String> names;
  private final Embedder embedder;

  PredictedEmbeddings(SampleChoice samples, Embedder embedder) {
    this.samples = samples;
    this.names = samples.names();
    this.embedder = embedder;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<float[]> rows(int from, int to) throws IOException {
    return embedder.embed(samples.values(from, to), names.subList(from, to), from);
  }
}
