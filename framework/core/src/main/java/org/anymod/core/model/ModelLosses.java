package org.anymod.core.model;

import static java.util.Comparator.comparing;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Losses of a batch.
 *
 * @param total the weighted sum to train on, of shape ()
 * @param means mean cross-entropy of each modality with targets in the batch, of shape (modalities)
 * @param present these modalities
 */
public record ModelLosses(NDArray total, NDArray means, List<ModelModality> present) {

  /**
   * Returns the means one by one.
   *
   * @return mean cross-entropy of each modality with targets in the batch, of shape ()
   */
  public Map<ModelModality, NDArray> byModality() {
    Map<ModelModality, NDArray> byModality = new TreeMap<>(comparing(ModelModality::key));
    for (int i = 0; i < present.size(); i++) {
      byModality.put(present.get(i), means.get(i));
    }
    return byModality;
  }
}
