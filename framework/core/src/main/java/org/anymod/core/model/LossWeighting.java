package org.anymod.core.model;

import java.util.Arrays;

/** How the mean losses of modalities become one number. */
public enum LossWeighting implements LossWeights {
  /**
   * The sum over modalities divided by the number of outputs, those without targets in the batch
   * included.
   */
  MOD {
    @Override
    double[] weights(long[] counts, int[] vocabularies, int outputs) {
      double[] weights = new double[counts.length];
      Arrays.fill(weights, 1.0 / outputs);
      return weights;
    }
  },
  /** The mean over all targets, whatever their modality. */
  TOKEN {
    @Override
    double[] weights(long[] counts, int[] vocabularies, int outputs) {
      return shares(Arrays.stream(counts).asDoubleStream().toArray());
    }
  },
  /**
   * As the reference system weighs tokens: a modality counts by its targets times its vocabulary,
   * so that large vocabularies weigh more.
   */
  PUBLISHED_TOKEN {
    @Override
    double[] weights(long[] counts, int[] vocabularies, int outputs) {
      double[] sizes = new double[counts.length];
      Arrays.setAll(sizes, i -> (double) counts[i] * vocabularies[i]);
      return shares(sizes);
    }
  };

  /**
   * Returns what the mean loss of each modality with targets is multiplied by.
   *
   * @param counts targets of each modality, more than 0
   * @param vocabularies vocabulary of each modality
   * @param outputs outputs of the model
   */
  abstract double[] weights(long[] counts, int[] vocabularies, int outputs);

  @Override
  public double[] weights(int[] modalities, long[] counts, int[] vocabularies, int outputs) {
    return weights(counts, vocabularies, outputs);
  }

  private static double[] shares(double[] sizes) {
    double sum = Arrays.stream(sizes).sum();
    return Arrays.stream(sizes).map(size -> size / sum).toArray();
  }
}
