package org.anymod.spi;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A tokenizer that learns from values. The host drives the loop, saves and resumes it, and shows
 * reconstructions. Where the recipe asks for it, the host also keeps a moving average of the arrays
 * in {@link #state()} that ask for a gradient, and puts it into the tokenizer with {@link #load} to
 * measure and to save it; all others, such as codebooks that are averages already, it takes as they
 * are.
 */
public interface TrainableTokenizer extends Tokenizer {

  /**
   * Makes one optimiser step.
   *
   * @param step values, rate and chance
   * @return numbers to log by name; {@code loss} is always among them. Where it, or a figure {@code
   *     grad_norm}, is no finite number, the host ends the training
   */
  Map<String, Double> step(TrainingStep step);

  /**
   * Returns whether {@link #step} learns from the values of all peers of a step, so that all of
   * them come to the same weights. Otherwise one process trains the tokenizer alone.
   *
   * @return false unless it does
   */
  default boolean trainsWithPeers() {
    return false;
  }

  /**
   * Returns what a resumed training needs beyond {@link #state()}: optimiser moments and counters
   * by name.
   *
   * @return names and arrays in a fixed order
   */
  Map<String, NDArray> trainingState();

  /**
   * Overwrites what {@link #trainingState()} returns.
   *
   * @param state an array of the right shape for each name
   * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing is
   *     changed then
   */
  void loadTrainingState(Map<String, NDArray> state);
}
