package org.anymod.core.training;

import java.util.OptionalLong;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.schedule.ConstantSchedule;
import org.anymod.core.schedule.CosineSchedule;
import org.anymod.core.schedule.InverseRootSchedule;
import org.anymod.core.schedule.PhasedSchedule;
import org.anymod.core.schedule.Schedule;

/**
 * How long a training is and what its rates are, in optimiser steps. Lengths given in tokens are
 * rounded up to whole steps, of {@code (visible + targets) * batch * accumulate} tokens each, as
 * the budgets have them at most.
 *
 * @param steps all steps, those of the frozen phase included
 * @param frozenSteps steps of the first phase, in which a part of the model is held
 * @param learningRate rate of each step
 * @param weightDecay weight decay of each step
 */
public record TrainingPlan(
    long steps, long frozenSteps, Schedule learningRate, Schedule weightDecay) {
  private static final double REFERENCE_BATCH = 256;

  /**
   * Works out the plan of a recipe.
   *
   * @param recipe the training section
   * @param masking the masking section
   * @return the plan
   * @throws IllegalArgumentException if warm-up, cool-down and frozen phase are longer than the
   *     training
   */
  public static TrainingPlan of(TrainingRecipe recipe, MaskingRecipe masking) {
    ScheduleRecipe schedule = recipe.schedule();
    long samples = (long) recipe.batch() * recipe.accumulate();
    long tokens = samples * (masking.inputTokens() + masking.targetTokens());
    long steps = length(schedule.totalTokens(), tokens, recipe.steps());
    long frozen = length(schedule.frozenTokens(), tokens, schedule.frozenSteps());
    long warmup = length(schedule.warmupTokens(), tokens, recipe.warmup());
    long cooldown = length(schedule.cooldownTokens(), tokens, schedule.cooldown());
    if (cooldown > 0 && warmup + cooldown + frozen > steps) {
      throw new IllegalArgumentException(
          "training.schedule: warm-up, cool-down and frozen phase take "
              + (warmup + cooldown + frozen)
              + " steps, the training has "
              + steps);
    }
    long main = Math.max(0, steps - frozen);
    double scale = schedule.baseLearningRate().isPresent() ? samples / REFERENCE_BATCH : 1;
    double peak = schedule.baseLearningRate().orElse(recipe.learningRate()) * scale;
    double min = recipe.minLearningRate() * scale;
    Schedule rate =
        switch (schedule.shape()) {
          case "inverse_sqrt" ->
              new InverseRootSchedule(peak, min, warmup, cooldown, main, schedule.timescale());
          case "constant" -> new ConstantSchedule(peak, min, warmup, cooldown, main);
          default -> new CosineSchedule(peak, min, warmup, main);
        };
    double decay = recipe.weightDecay();
    Schedule decays = new CosineSchedule(decay, schedule.weightDecayEnd().orElse(decay), 0, main);
    if (frozen > 0) {
      double held =
          schedule.frozenLearningRate().isPresent()
              ? schedule.frozenLearningRate().getAsDouble() * scale
              : peak;
      rate = new PhasedSchedule(held, frozen, rate);
      decays = new PhasedSchedule(decay, frozen, decays);
    }
    return new TrainingPlan(steps, frozen, rate, decays);
  }

  private static long length(OptionalLong tokens, long tokensPerStep, long steps) {
    return tokens.isPresent()
        ? Math.addExact(tokens.getAsLong(), tokensPerStep - 1) / tokensPerStep
        : steps;
  }
}
