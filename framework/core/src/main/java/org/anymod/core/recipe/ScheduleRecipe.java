package org.anymod.core.recipe;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.anymod.spi.config.Setting;

/**
 * How the learning rate and the weight decay of a training change over its steps.
 *
 * @param shape course of the rate after the warm-up
 * @param timescale steps in which an inverse square root falls to 71 %
 * @param cooldown steps of linear cool-down
 * @param totalTokens length of the training in tokens
 * @param warmupTokens length of the warm-up in tokens
 * @param cooldownTokens length of the cool-down in tokens
 * @param baseLearningRate rate for 256 samples in a step
 * @param weightDecayEnd weight decay at the end
 * @param frozenSteps steps of a first phase with a part of the model frozen
 * @param frozenTokens length of that phase in tokens
 * @param frozenLearningRate constant rate of that phase
 * @param frozen what is frozen in that phase
 */
public record ScheduleRecipe(
    @Setting(
            value =
                "Course of the learning rate after the warm-up; inverse_sqrt and constant end in the cool-down",
            defaultValue = "cosine",
            allowed = {"cosine", "inverse_sqrt", "constant"})
        String shape,
    @Setting(
            value = "Steps after which inverse_sqrt has fallen to 71 % of the peak",
            defaultValue = "10000",
            min = 1,
            max = 1e9)
        int timescale,
    @Setting(
            value = "Steps of linear cool-down to min_learning_rate, for inverse_sqrt and constant",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int cooldown,
    @Setting(
            value =
                "Length of the training in tokens, visible ones and targets together; takes the place of steps",
            min = 1,
            max = 1e18)
        OptionalLong totalTokens,
    @Setting(
            value = "Length of the warm-up in tokens; takes the place of warmup",
            min = 0,
            max = 1e18)
        OptionalLong warmupTokens,
    @Setting(
            value = "Length of the cool-down in tokens; takes the place of cooldown",
            min = 0,
            max = 1e18)
        OptionalLong cooldownTokens,
    @Setting(
            value =
                "Learning rate for 256 samples in a step; takes the place of learning_rate, and scales it,"
                    + " min_learning_rate and frozen_learning_rate by batch * accumulate / 256",
            min = 0,
            max = 1)
        OptionalDouble baseLearningRate,
    @Setting(
            value =
                "Weight decay at the end, to which it goes in half a cosine; weight_decay throughout where it is"
                    + " not given",
            min = 0,
            max = 10)
        OptionalDouble weightDecayEnd,
    @Setting(
            value =
                "Steps of a first phase in which what frozen names is held; the schedule begins after it",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int frozenSteps,
    @Setting(
            value = "Length of the first phase in tokens; takes the place of frozen_steps",
            min = 0,
            max = 1e18)
        OptionalLong frozenTokens,
    @Setting(
            value = "Constant learning rate of the first phase; the peak where it is not given",
            min = 0,
            max = 1)
        OptionalDouble frozenLearningRate,
    @Setting(
            value = "What is held in the first phase, named as in freeze",
            defaultValue = "[blocks]")
        List<String> frozen) {

  /** Checks that a cosine has no cool-down. */
  public ScheduleRecipe {
    frozen = List.copyOf(frozen);
    if (shape.equals("cosine") && (cooldown > 0 || cooldownTokens.orElse(0) > 0)) {
      throw new IllegalArgumentException(
          "a cosine has no cool-down: remove it, or set shape to inverse_sqrt or constant");
    }
  }

  /**
   * Returns the defaults: a cosine whose numbers stand in the training section.
   *
   * @return the section
   */
  public static ScheduleRecipe cosine() {
    return new ScheduleRecipe(
        "cosine",
        10000,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        List.of("blocks"));
  }
}
