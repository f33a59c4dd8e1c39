package org.anymod.core.model;

/** What the mean losses of modalities are multiplied by before they are added up. */
@FunctionalInterface
public interface LossWeights {

  /**
   * Returns the factors of a batch.
   *
   * @param modalities indices of the modalities with targets in the batch
   * @param counts targets of each of them, more than 0
   * @param vocabularies vocabulary of each of them
   * @param outputs number of outputs of the model
   * @return a factor for each of them
   */
  double[] weights(int[] modalities, long[] counts, int[] vocabularies, int outputs);
}
