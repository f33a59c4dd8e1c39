package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/** Gamma variates of scale 1 (Marsaglia and Tsang 2000, with the boost for shapes below 1). */
final class GammaDistribution {
  /**
   * Below this exponent a boosted variate is smaller than the smallest normal double, whatever its
   * other factor.
   */
  private static final double UNDERFLOW = -760;

  private GammaDistribution() {}

  /** Draws a variate, at least the smallest normal double, so that a sum of them is never 0. */
  static double draw(double shape, RandomGenerator random) {
    return Math.max(
        Double.MIN_NORMAL, shape < 1 ? boosted(shape, random) : squeezed(shape, random));
  }

  private static double boosted(double shape, RandomGenerator random) {
    double exponent = logUniform(random) / shape;
    return exponent < UNDERFLOW ? 0 : squeezed(shape + 1, random) * Math.exp(exponent);
  }

  private static double squeezed(double shape, RandomGenerator random) {
    if (shape == 1) {
      return -logUniform(random);
    }
    double d = shape - 1.0 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      double u = 1 - random.nextDouble();
      double square = x * x;
      if (u < 1 - 0.0331 * square * square
          || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))) {
        return d * v;
      }
    }
  }

  private static double logUniform(RandomGenerator random) {
    return Math.log(1 - random.nextDouble());
  }
}
