package org.anymod.core.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;

/** True embeddings, which lie in the dataset or are computed from it by a plugin. */
final class StoredEmbeddings implements EmbeddingSource {
  private final SampleChoice samples;
  private final List<String> names;
  private final UsedModality embedding;

  StoredEmbeddings(SampleChoice samples, UsedModality embedding) {
    this.samples = samples;
    this.names = samples.names();
    this.embedding = embedding;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<float[]> rows(int from, int to) throws IOException {
    List<float[]> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      try {
        rows.add(EmbeddingModality.vector(embedding, names.get(i), samples.value(embedding, i)));
      } catch (IllegalArgumentException e) {
        throw new DatasetException(e.getMessage(), e);
      }
    }
    return rows;
  }
}
