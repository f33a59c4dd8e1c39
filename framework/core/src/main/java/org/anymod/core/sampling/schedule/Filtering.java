package org.anymod.core.sampling.schedule;

/**
 * Which tokens may be sampled: the k most probable ones (top-k), of these the most probable ones up
 * to a mass (top-p, arXiv 1904.09751). Both keep what is at least as probable as some token, so
 * that a filter is one smallest logit.
 */
final class Filtering {
  private final float[] values;
  private final double[] weights;

  /**
   * Makes a filter for up to {@code capacity} tokens, which is not safe for use by several threads.
   */
  Filtering(int capacity) {
    this.values = new float[capacity];
    this.weights = new double[capacity];
  }

  int capacity() {
    return values.length;
  }

  /**
   * Returns the smallest logit that is kept.
   *
   * @param topK number of tokens kept, 0 for all; equally probable ones stay together
   * @param topP mass up to which tokens are kept, the one that crosses it included; 0 for all
   */
  float smallestKept(float[] logits, int from, int to, int topK, double topP) {
    float smallest = Float.NEGATIVE_INFINITY;
    if (topK > 0 && topK < to - from) {
      smallest = smallestOfTopK(logits, from, to, topK);
    }
    if (topP > 0 && topP < 1) {
      smallest = smallestOfTopP(logits, from, to, smallest, topP);
    }
    return smallest;
  }

  private float smallestOfTopK(float[] logits, int from, int to, int topK) {
    int count = to - from;
    System.arraycopy(logits, from, values, 0, count);
    for (int i = 0; i < count; i++) {
      weights[i] = 1;
    }
    return new Selection(values, weights).smallest(count, topK - 1);
  }

  private float smallestOfTopP(float[] logits, int from, int to, float smallest, double topP) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, logits[i]);
    }
    int count = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      if (logits[i] >= smallest) {
        double weight = Math.exp(logits[i] - max);
        values[count] = logits[i];
        weights[count++] = weight;
        sum += weight;
      }
    }
    return new Selection(values, weights).smallest(count, topP * sum);
  }
}
