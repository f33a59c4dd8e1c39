package org.anymod.core.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/**
 * Makes indexes of a run's data, together with the other ranks of the run, and the vectors with
 * which they are asked.
 */
public final class Retrieval {
  private final Run run;

  /**
   * Creates it.
   *
   * @param run the run
   */
  public Retrieval(Run run) {
    this.run = run;
  }

  /**
   * What an index is made of.
   *
   * @param split name of the split
   * @param samples samples to use from the first on; 0 means all
   * @param folder folder of the index
   */
  public record Target(String split, int samples, Path folder) {
    private int count(Samples all) {
      return samples == 0 ? all.size() : samples;
    }
  }

  /**
   * Predicts the embeddings of a split, or what is missing of them. Samples that lack one of the
   * modalities are left out.
   *
   * @param embedder predicts
   * @param query model keys from which is predicted, together
   * @param target which samples, and where to
   * @param progress hears how far it is
   * @param stop asks to stop after the current shard
   * @return whether it came to the end
   * @throws IOException if data cannot be read, or the folder holds another index
   */
  public boolean index(
      Embedder embedder,
      List<UsedModality> query,
      Target target,
      Progress progress,
      StopSignal stop)
      throws IOException {
    ValueReader all = run.data().values(target.split());
    try (Samples samples = all.samples()) {
      SampleChoice choice = SampleChoice.of(run, all.take(target.count(samples)), query);
      PredictedEmbeddings source = new PredictedEmbeddings(choice, embedder);
      RetrievalIndex.checkUnique(target.split(), source.names());
      IndexContract contract =
          Contracts.predicted(
              run, embedder, query, target.split(), source.names(), samplesPerShard());
      return writer(target, contract).write(source, progress, stop);
    }
  }

  /**
   * Takes the true embeddings of a split, or what is missing of them. Samples without one are left
   * out.
   *
   * @param embedding see {@link EmbeddingModality#stored}
   * @param target which samples, and where to
   * @param progress hears how far it is
   * @param stop asks to stop after the current shard
   * @return whether it came to the end
   * @throws IOException if data cannot be read, or the folder holds another index
   */
  public boolean indexFiles(
      UsedModality embedding, Target target, Progress progress, StopSignal stop)
      throws IOException {
    ValueReader all = run.data().values(target.split());
    try (Samples samples = all.samples()) {
      SampleChoice choice =
          SampleChoice.of(run, all.take(target.count(samples)), List.of(embedding));
      StoredEmbeddings source = new StoredEmbeddings(choice, embedding);
      RetrievalIndex.checkUnique(target.split(), source.names());
      IndexContract contract =
          Contracts.stored(embedding, target.split(), source.names(), samplesPerShard());
      return writer(target, contract).write(source, progress, stop);
    }
  }

  private IndexWriter writer(Target target, IndexContract contract) {
    return new IndexWriter(target.folder(), contract).together(run.ranks());
  }

  private int samplesPerShard() {
    return run.recipe().data().samplesPerShard();
  }

  /**
   * Predicts the vector with which an index is asked.
   *
   * @param index the index, of which the contract is checked
   * @param embedder predicts
   * @param given values at the size of the model input
   * @return the vector
   * @throws IOException if the index was made with another model, or in another way
   */
  public float[] query(RetrievalIndex index, Embedder embedder, Map<UsedModality, Value> given)
      throws IOException {
    List<String> names = List.of("query");
    index.check(
        Contracts.predicted(
            run, embedder, List.copyOf(given.keySet()), "", names, samplesPerShard()));
    Map<String, Value> row = new LinkedHashMap<>();
    given.forEach((modality, value) -> row.put(modality.key(), value));
    return embedder.embed(List.of(row), names, 0).get(0);
  }
}
