package org.anymod.spi;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A tokenizer that learns from values. The host drives the loop, saves and resumes it, and shows
 * reconstructions.
 */
public interface TrainableTokenizer extends Tokenizer {

  /**
   * Makes one optimiser step.
   *
   * @param batch values that fit the context's {@link ValueSpec}, pictures already at the context's
   *     resolution
   * @param learningRate the rate of this step
   * @param random the only source of chance in the step
   * @return numbers to log by name; {@code loss} is always among them
   */
  Map<String, Double> step(
      List<? extends Value> batch, double learningRate, RandomGenerator random);

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
