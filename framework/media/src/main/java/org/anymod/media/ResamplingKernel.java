package org.anymod.media;

/** Continuous filters of image resampling. */
enum ResamplingKernel {
  BILINEAR(1) {
    @Override
    double at(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys, Cubic convolution interpolation for digital image processing, 1981, with a = -0.5. */
  BICUBIC(2) {
    @Override
    double at(double x) {
      double d = Math.abs(x);
      if (d < 1) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  private final double support;

  ResamplingKernel(double support) {
    this.support = support;
  }

  /** Returns the weight at a distance in source pixels. */
  abstract double at(double x);

  /**
   * Returns the weights of the source pixels that make each result pixel.
   *
   * @param in number of source pixels
   * @param out number of result pixels
   * @return the weights
   */
  ResamplingWeights weights(int in, int out) {
    double scale = (double) in / out;
    double stretch = Math.max(scale, 1);
    double reach = support * stretch;
    int[] first = new int[out];
    double[][] weights = new double[out][];
    for (int x = 0; x < out; x++) {
      double center = (x + 0.5) * scale;
      int lo = Math.max(0, (int) (center - reach + 0.5));
      int hi = Math.min(in, (int) (center + reach + 0.5));
      first[x] = lo;
      weights[x] = normalised(lo, hi, center, stretch);
    }
    return new ResamplingWeights(first, weights);
  }

  private double[] normalised(int lo, int hi, double center, double stretch) {
    double[] weights = new double[hi - lo];
    double sum = 0;
    for (int i = lo; i < hi; i++) {
      weights[i - lo] = at((i - center + 0.5) / stretch);
      sum += weights[i - lo];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
