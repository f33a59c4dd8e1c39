package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Predicts the embedding of samples from whatever is known of them. For use by one thread at a
 * time.
 */
public final class Embedder {
  private final Predictor predictor;
  private final UsedModality embedding;
  private final Settings settings;

  /**
   * How embeddings are predicted.
   *
   * @param ensemble predictions of which an embedding is the mean, at least 1
   * @param batch samples predicted together, at least 1
   * @param seed seed of the predictions
   */
  public record Settings(int ensemble, int batch, long seed) {
    /** Checks ranges. */
    public Settings {
      if (ensemble < 1 || batch < 1) {
        throw new IllegalArgumentException(
            "ensemble is " + ensemble + " and batch is " + batch + ", both must be at least 1");
      }
    }
  }

  /**
   * Creates an embedder.
   *
   * @param predictor the trained model, which stays the caller's
   * @param embedding an output of the model, see {@link EmbeddingModality#predicted}
   * @param settings how embeddings are predicted
   */
  public Embedder(Predictor predictor, UsedModality embedding, Settings settings) {
    this.predictor = predictor;
    this.embedding = embedding;
    this.settings = settings;
  }

  /**
   * Returns what is predicted.
   *
   * @return the modality
   */
  public UsedModality embedding() {
    return embedding;
  }

  /**
   * Returns how it is predicted.
   *
   * @return the settings
   */
  public Settings settings() {
    return settings;
  }

  /** Returns the trained model. */
  Predictor predictor() {
    return predictor;
  }

  /**
   * Predicts embeddings.
   *
   * @param inputs one map for each sample: values at the size of the model input by model key; the
   *     same keys in each
   * @param names names of the samples, for messages
   * @param firstRow number of the first sample, so that a long list can be split into parts
   * @return a vector for each sample
   * @throws IllegalArgumentException if the model predicts what is no finite vector
   */
  public List<float[]> embed(List<Map<String, Value>> inputs, List<String> names, long firstRow) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += settings.batch()) {
      int to = Math.min(inputs.size(), from + settings.batch());
      List<List<Value>> members = predict(inputs.subList(from, to), firstRow + from);
      for (int i = 0; i < members.size(); i++) {
        vectors.add(mean(names.get(from + i), members.get(i)));
      }
    }
    return vectors;
  }

  private List<List<Value>> predict(List<Map<String, Value>> inputs, long firstRow) {
    String key = embedding.key();
    if (settings.ensemble() == 1) {
      return predictor.predict(inputs, List.of(key), settings.seed(), firstRow).stream()
          .map(values -> List.of(values.get(key)))
          .toList();
    }
    long[] seeds = new long[settings.ensemble()];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = StreamRandom.at(settings.seed(), "embedding", i).nextLong();
    }
    return predictor.predictEach(inputs, key, seeds, firstRow);
  }

  private float[] mean(String name, List<Value> members) {
    double[] sum = new double[EmbeddingModality.width(embedding)];
    for (Value member : members) {
      float[] vector = EmbeddingModality.vector(embedding, name, member);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / members.size());
    }
    return mean;
  }
}
