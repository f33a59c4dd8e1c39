package org.anymod.core.generation;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.config.Setting;

/**
 * Sampling settings that a request changes; what it leaves empty stays as the preset or the recipe
 * has it.
 *
 * @param scheme order of decoding a grid
 * @param steps decoding steps of a grid
 * @param schedule tokens in each step
 * @param temperature sampling temperature
 * @param temperatureSchedule how the temperature changes
 * @param topK how many of the most probable tokens are kept
 * @param topP mass of the most probable tokens that is kept
 * @param guidance scale of guidance over all conditions
 * @param confidenceNoise noise on the ranking of maskgit
 * @param maxTokens most tokens of a sequence
 * @param together whether a grid is sampled with the output before it
 * @param announced whether the encoder sees that a sequence is to come
 */
public record SamplingChange(
    @Setting(
            value = "Order of decoding a grid",
            allowed = {"maskgit", "roar"})
        Optional<String> scheme,
    @Setting(value = "Decoding steps of a grid", min = 1, max = 100000) OptionalInt steps,
    @Setting(
            value = "Tokens in each step",
            allowed = {"linear", "cosine"})
        Optional<String> schedule,
    @Setting(value = "Sampling temperature", min = 0, max = 1000) OptionalDouble temperature,
    @Setting("How the temperature changes: constant, linear, or onex:<min>:<power>")
        Optional<String> temperatureSchedule,
    @Setting(
            value =
                "Keep this many of the most probable tokens, or below 1 this part of the vocabulary",
            min = 0,
            max = 1e9)
        OptionalDouble topK,
    @Setting(value = "Keep the most probable tokens up to this mass", min = 0, max = 1)
        OptionalDouble topP,
    @Setting(value = "Scale of guidance over all conditions", min = -100, max = 100)
        OptionalDouble guidance,
    @Setting(value = "Noise on the log confidence by which maskgit ranks", min = 0, max = 1000)
        OptionalDouble confidenceNoise,
    @Setting(
            value = "Most tokens to sample of a sequence; 0 means as many as it can have",
            min = 0,
            max = 1000000)
        OptionalInt maxTokens,
    @Setting("Sample this grid in the same passes as the output before it")
        Optional<Boolean> together,
    @Setting("Show the encoder a sentinel in place of a sequence that is to come")
        Optional<Boolean> announced) {

  /** Nothing is changed. */
  public static final SamplingChange NONE =
      new SamplingChange(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Joins two changes.
   *
   * @param other a second change, which wins where both say something
   * @return what either changes
   */
  public SamplingChange and(SamplingChange other) {
    return new SamplingChange(
        other.scheme().or(this::scheme),
        other.steps().isPresent() ? other.steps() : steps,
        other.schedule().or(this::schedule),
        either(temperature, other.temperature()),
        other.temperatureSchedule().or(this::temperatureSchedule),
        either(topK, other.topK()),
        either(topP, other.topP()),
        either(guidance, other.guidance()),
        either(confidenceNoise, other.confidenceNoise()),
        other.maxTokens().isPresent() ? other.maxTokens() : maxTokens,
        other.together().or(this::together),
        other.announced().or(this::announced));
  }

  private static OptionalDouble either(OptionalDouble first, OptionalDouble second) {
    return second.isPresent() ? second : first;
  }

  /**
   * Applies the change.
   *
   * @param settings settings to begin with
   * @return the same settings with what this changes
   */
  public SamplingRecipe on(SamplingRecipe settings) {
    return new SamplingRecipe(
        scheme.orElse(settings.scheme()),
        steps.orElse(settings.steps()),
        schedule.orElse(settings.schedule()),
        temperature.orElse(settings.temperature()),
        temperatureSchedule.orElse(settings.temperatureSchedule()),
        topK.orElse(settings.topK()),
        topP.orElse(settings.topP()),
        guidance.orElse(settings.guidance()),
        confidenceNoise.orElse(settings.confidenceNoise()),
        maxTokens.orElse(settings.maxTokens()),
        together.orElse(settings.together()),
        announced.orElse(settings.announced()));
  }
}
