package org.anymod.core.retrieval;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Modalities that say in one vector what a sample is like. */
public final class EmbeddingModality {
  private EmbeddingModality() {}

  /**
   * Finds the embedding that a model predicts.
   *
   * @param modalities the modalities of a run
   * @param key its model key; the first in model order if it is not given
   * @return the modality
   * @throws IllegalArgumentException if there is none, or it is no predictable vector
   */
  public static UsedModality predicted(ModalitySet modalities, Optional<String> key) {
    List<UsedModality> there =
        modalities.all().stream()
            .filter(m -> m.declaration().isOutput() && m.isTokens() && isVector(m))
            .toList();
    return choose(key, there, "an output of this model whose values are one vector");
  }

  /**
   * Finds an embedding that files may hold.
   *
   * @param modalities the modalities of a run
   * @param key its model key or the name of its source
   * @return the modality
   * @throws IllegalArgumentException if there is none under this key
   */
  public static UsedModality stored(ModalitySet modalities, String key) {
    List<UsedModality> there =
        modalities.stored().stream().filter(EmbeddingModality::isVector).toList();
    return choose(Optional.of(key), there, "a modality whose values are one vector");
  }

  private static UsedModality choose(
      Optional<String> key, List<UsedModality> there, String wanted) {
    return there.stream()
        .filter(m -> key.isEmpty() || m.key().equals(key.get()) || m.source().equals(key.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key.map(word -> "'" + word + "' is not " + wanted)
                            .orElse("there is not " + wanted)
                        + "; there are "
                        + (there.isEmpty() ? "none" : names(there))));
  }

  private static String names(List<UsedModality> modalities) {
    return modalities.stream().map(UsedModality::key).collect(Collectors.joining(", "));
  }

  private static boolean isVector(UsedModality modality) {
    return modality.modality().value() instanceof ValueSpec.VectorsSpec spec
        && spec.maxCount() == 1;
  }

  /** Returns the width of an embedding. */
  static int width(UsedModality modality) {
    return ((ValueSpec.VectorsSpec) modality.modality().value()).dim();
  }

  /**
   * Returns the vector of a value.
   *
   * @throws IllegalArgumentException if it has none, or numbers that are not finite
   */
  static float[] vector(UsedModality modality, String sample, Value value) {
    String place = modality.key() + " of sample '" + sample + "'";
    if (!(value instanceof Value.Vectors vectors) || vectors.count() != 1) {
      throw new IllegalArgumentException(place + " is " + value + ", must be one vector");
    }
    Requests.check(width(modality), vectors.data(), place);
    return vectors.data();
  }
}
