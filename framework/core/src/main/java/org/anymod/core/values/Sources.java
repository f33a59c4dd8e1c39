package org.anymod.core.values;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;

/**
 * The sources of a split: which have files, which plugin reads each, and which labeler computes one
 * that has none.
 */
final class Sources {
  private final Samples samples;
  private final Map<String, Modality> bySource = new TreeMap<>();

  /** Of several modalities with the same source, the first reads it. */
  Sources(Samples samples, Collection<? extends Modality> modalities) {
    this.samples = samples;
    modalities.forEach(modality -> bySource.putIfAbsent(modality.source(), modality));
  }

  Sources take(int count) {
    return new Sources(samples.take(count), bySource.values());
  }

  Samples samples() {
    return samples;
  }

  /**
   * Returns the plugin that reads a source.
   *
   * @throws DatasetException if none does
   */
  Modality modality(String source) throws DatasetException {
    Modality modality = bySource.get(source);
    if (modality == null) {
      throw new DatasetException("no loaded modality has the source '" + source + "'");
    }
    return modality;
  }

  /** See {@link ValueReader#missing}. */
  Optional<String> missing(String source) {
    boolean isThere = samples.sources().contains(source);
    if (isThere || labeler(source, samples.sources()::contains).isPresent()) {
      return Optional.empty();
    }
    Modality modality = bySource.get(source);
    List<List<String>> from =
        modality == null ? List.of() : modality.labelers().stream().map(Labeler::from).toList();
    return Optional.of(
        "there are no files of '"
            + source
            + "' (the data has "
            + samples.sources()
            + ")"
            + (from.isEmpty()
                ? ", and its plugin cannot compute it from another modality"
                : ", and none of " + from + " from which its plugin could compute it"));
  }

  /** Whether a sample has a file of a source. */
  boolean isThere(String source, int index) {
    return samples.sources().contains(source) && samples.has(source, index);
  }

  /** The first labeler that computes a source from files that a sample has. */
  Optional<Labeler> labeler(String source, int index) {
    return labeler(source, from -> isThere(from, index));
  }

  private Optional<Labeler> labeler(String source, Predicate<String> isThere) {
    Modality modality = bySource.get(source);
    return modality == null
        ? Optional.empty()
        : modality.labelers().stream().filter(labeler -> isServed(labeler, isThere)).findFirst();
  }

  private static boolean isServed(Labeler labeler, Predicate<String> isThere) {
    return labeler.needsAll()
        ? labeler.from().stream().allMatch(isThere)
        : labeler.from().stream().anyMatch(isThere);
  }
}
