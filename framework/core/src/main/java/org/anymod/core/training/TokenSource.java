package org.anymod.core.training;

import java.util.List;
import org.anymod.core.data.DatasetPlace;

/**
 * One tokenized dataset of a training mixture.
 *
 * @param name name in logs and in the mixture's components; empty for the only one of a run
 * @param place where the tokenized split lies
 * @param modalities model keys that are taken from it, at least one
 * @param weight how often it is drawn, relative to the others, above 0
 * @param repeats uses of a sample in an epoch, at least 1
 */
public record TokenSource(
    String name, DatasetPlace place, List<String> modalities, double weight, int repeats) {

  /** Checks ranges. */
  public TokenSource {
    modalities = List.copyOf(modalities);
    if (modalities.isEmpty() || !(weight > 0) || repeats < 1) {
      throw new IllegalArgumentException(
          "dataset '"
              + name
              + "' has "
              + modalities.size()
              + " modalities, weight "
              + weight
              + " and "
              + repeats
              + " repeats; each must be above 0");
    }
  }
}
