package org.anymod.toyworld;

import java.util.random.RandomGenerator;

/** The draws that scenes are composed of. */
record Chance(RandomGenerator random) {

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Draws so that equal ratios are equally likely. */
  double betweenRatios(double low, double high) {
    return low * StrictMath.pow(high / low, random.nextDouble());
  }

  boolean with(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Draws a place in a list of weights, with probability in proportion to the weight. */
  int weighted(double... weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
