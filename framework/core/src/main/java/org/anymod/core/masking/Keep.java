package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/** How much of a sequence that has an input budget is shown, before it is cut to the budget. */
public enum Keep {
  /** Every element with the same probability, which is drawn uniformly for each sample. */
  RANDOM {
    @Override
    double drawProbability(RandomGenerator random) {
      return random.nextDouble();
    }
  },
  /** Everything. */
  ALL {
    @Override
    double drawProbability(RandomGenerator random) {
      return 1.0;
    }
  },
  /** Everything or nothing, with equal chance. */
  BINARY {
    @Override
    double drawProbability(RandomGenerator random) {
      return random.nextDouble() < 0.5 ? 0.0 : 1.0;
    }
  };

  /** Draws the probability, 0 to 1, with which each element is shown. */
  abstract double drawProbability(RandomGenerator random);
}
