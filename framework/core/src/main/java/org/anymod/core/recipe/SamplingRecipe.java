package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * How one output is sampled.
 *
 * @param scheme maskgit or roar for grids; sequences are always autoregressive
 * @param steps decoding steps
 * @param schedule tokens in each step
 * @param temperature sampling temperature
 * @param temperatureSchedule how the temperature changes
 * @param topK keep this many of the most probable tokens, or below 1 this part of the vocabulary
 * @param topP keep the most probable tokens up to this mass
 * @param guidance classifier-free guidance scale
 * @param confidenceNoise scale of the random number added to the logarithm of a confidence
 * @param maxTokens most tokens of a sequence
 * @param together whether a grid is sampled in one pass with the output before it
 * @param announced whether the encoder sees that a sequence is to come
 */
public record SamplingRecipe(
    @Setting(
            value =
                "Order of decoding a grid: maskgit takes the most confident tokens first, roar a random order",
            defaultValue = "maskgit",
            allowed = {"maskgit", "roar"})
        String scheme,
    @Setting(value = "Decoding steps of a grid", defaultValue = "8", min = 1, max = 100000)
        int steps,
    @Setting(
            value = "Tokens in each step",
            defaultValue = "cosine",
            allowed = {"linear", "cosine"})
        String schedule,
    @Setting(
            value = "Sampling temperature; 0 takes the most probable token",
            defaultValue = "1.0",
            min = 0,
            max = 1000)
        double temperature,
    @Setting(
            value = "How the temperature changes: constant, linear, or onex:<min>:<power>",
            defaultValue = "constant")
        String temperatureSchedule,
    @Setting(
            value =
                "Keep this many of the most probable tokens, or below 1 this part of the vocabulary; 0 keeps all",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        double topK,
    @Setting(
            value = "Keep the most probable tokens up to this mass; 0 keeps all",
            defaultValue = "0.0",
            min = 0,
            max = 1)
        double topP,
    @Setting(
            value = "Classifier-free guidance scale; 1 means none",
            defaultValue = "1.0",
            min = -100,
            max = 100)
        double guidance,
    @Setting(
            value =
                "Gumbel noise on the log confidence by which maskgit ranks, falling to 0 over the steps",
            defaultValue = "0.0",
            min = 0,
            max = 1000)
        double confidenceNoise,
    @Setting(
            value = "Most tokens to sample of a sequence; 0 means as many as it can have",
            defaultValue = "0",
            min = 0,
            max = 1000000)
        int maxTokens,
    @Setting(
            value =
                "Sample this grid in the same passes as the output before it: faster, but the two do not see each other's newest tokens",
            defaultValue = "false")
        boolean together,
    @Setting(
            value =
                "Show the encoder a sentinel in place of a sequence that is to come, as published. Without it the encoder"
                    + " sees nothing of it, as it does in training where a sequence has no share of the input tokens",
            defaultValue = "true")
        boolean announced) {

  /** Checks that a number of tokens to keep is whole. */
  public SamplingRecipe {
    if (topK >= 1 && topK != Math.rint(topK)) {
      throw new IllegalArgumentException(
          "top_k is " + topK + ", must be a whole number, or below 1 as a part of the vocabulary");
    }
  }

  /**
   * Settings with the defaults of what is not named here.
   *
   * @param scheme maskgit or roar
   * @param steps decoding steps
   * @param schedule tokens in each step
   * @param temperature sampling temperature
   * @param temperatureSchedule how the temperature changes
   * @param topK keep this many of the most probable tokens
   * @param topP keep the most probable tokens up to this mass
   * @param guidance classifier-free guidance scale
   */
  public SamplingRecipe(
      String scheme,
      int steps,
      String schedule,
      double temperature,
      String temperatureSchedule,
      double topK,
      double topP,
      double guidance) {
    this(
        scheme,
        steps,
        schedule,
        temperature,
        temperatureSchedule,
        topK,
        topP,
        guidance,
        0.0,
        0,
        false);
  }

  /**
   * Settings of sequences that are announced.
   *
   * @param scheme maskgit or roar
   * @param steps decoding steps
   * @param schedule tokens in each step
   * @param temperature sampling temperature
   * @param temperatureSchedule how the temperature changes
   * @param topK keep this many of the most probable tokens
   * @param topP keep the most probable tokens up to this mass
   * @param guidance classifier-free guidance scale
   * @param confidenceNoise scale of the noise on confidences
   * @param maxTokens most tokens of a sequence
   * @param together whether a grid is sampled in one pass with the output before it
   */
  public SamplingRecipe(
      String scheme,
      int steps,
      String schedule,
      double temperature,
      String temperatureSchedule,
      double topK,
      double topP,
      double guidance,
      double confidenceNoise,
      int maxTokens,
      boolean together) {
    this(
        scheme,
        steps,
        schedule,
        temperature,
        temperatureSchedule,
        topK,
        topP,
        guidance,
        confidenceNoise,
        maxTokens,
        together,
        true);
  }
}
