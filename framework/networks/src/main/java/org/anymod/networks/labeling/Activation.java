package org.anymod.networks.labeling;

/** What happens to the numbers that a network gives before they are scaled. */
public enum Activation {
  /** They stay. */
  NONE,
  /** Each becomes a number between 0 and 1. */
  SIGMOID,
  /** Those of a place become probabilities. */
  SOFTMAX,
  /** Those of a place become a vector of length 1. */
  UNIT
}
