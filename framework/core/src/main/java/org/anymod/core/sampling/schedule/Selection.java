package org.anymod.core.sampling.schedule;

/**
 * Finds the smallest of the largest values whose weights fill a limit, in linear time on average.
 */
final class Selection {
  private final float[] values;
  private final double[] weights;

  /** Works in place: the order of both arrays changes. */
  Selection(float[] values, double[] weights) {
    this.values = values;
    this.weights = weights;
  }

  /**
   * Selects values from the largest down: a value belongs to the selection if those above it weigh
   * no more than the limit together. Equal values stay together.
   *
   * @param count how many of the arrays' elements take part, at least 1
   * @param limit at least 0
   * @return the smallest value of the selection
   */
  float smallest(int count, double limit) {
    int from = 0;
    int to = count;
    double above = 0;
    while (true) {
      float pivot = pivot(from, to);
      int larger = from;
      int next = from;
      int smaller = to;
      double largerWeight = 0;
      double equalWeight = 0;
      while (next < smaller) {
        if (values[next] > pivot) {
          largerWeight += weights[next];
          swap(larger++, next++);
        } else if (values[next] < pivot) {
          swap(next, --smaller);
        } else {
          equalWeight += weights[next++];
        }
      }
      double abovePivot = above + largerWeight;
      double aboveSmaller = abovePivot + equalWeight;
      if (abovePivot > limit) {
        to = larger;
      } else if (aboveSmaller > limit || smaller == to) {
        return pivot;
      } else {
        above = aboveSmaller;
        from = smaller;
      }
    }
  }

  private float pivot(int from, int to) {
    float a = values[from];
    float b = values[(from + to) >>> 1];
    float c = values[to - 1];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void swap(int i, int j) {
    float value = values[i];
    values[i] = values[j];
    values[j] = value;
    double weight = weights[i];
    weights[i] = weights[j];
    weights[j] = weight;
  }
}
