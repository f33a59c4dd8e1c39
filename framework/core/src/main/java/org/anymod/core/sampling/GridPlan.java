package org.anymod.core.sampling;

import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.TemperatureSchedule;
import org.anymod.core.sampling.schedule.TokenSchedule;

/**
 * How many tokens of a grid each step decides in one row, and at which temperature.
 *
 * @param counts tokens of each step; no steps if nothing is open
 * @param temperatures temperature of each step
 */
record GridPlan(int[] counts, double[] temperatures) {

  /** Plans the steps of a row with a number of open places. */
  static GridPlan of(SamplingRecipe settings, int open) {
    if (open == 0) {
      return new GridPlan(new int[0], new double[0]);
    }
    int[] counts =
        isRandomOrder(settings) || settings.schedule().equals("linear")
            ? TokenSchedule.linear(settings.steps(), open)
            : TokenSchedule.cosine(settings.steps(), open);
    double[] temperatures =
        TemperatureSchedule.of(settings.temperatureSchedule())
            .temperatures(settings.temperature(), counts);
    return new GridPlan(counts, temperatures);
  }

  static boolean isRandomOrder(SamplingRecipe settings) {
    return settings.scheme().equals("roar");
  }

  int steps() {
    return counts.length;
  }

  /** Tokens that a step decides; 0 behind the last step. */
  int count(int step) {
    return step < counts.length ? counts[step] : 0;
  }
}
