package org.anymod.core.schedule;

/** A number for each step of a training, such as its learning rate; a function without state. */
public interface Schedule {

  /**
   * Returns the number of a step.
   *
   * @param step number of the step, from 0
   * @return the number
   */
  double at(long step);

  /**
   * Returns the warm-up that all schedules share: {@code linspace(0, peak, warmup)}, both ends
   * included.
   *
   * @param step number of the step, from 0 to {@code warmup - 1}
   * @param warmup steps of warm-up, at least 1
   * @param peak rate at the end of the warm-up
   * @return the rate
   */
  static double warmup(long step, long warmup, double peak) {
    return warmup == 1 ? 0 : peak * step / (warmup - 1);
  }

  /**
   * Returns the cool-down that schedules share: {@code linspace(from, to, cooldown)}, both ends
   * included.
   *
   * @param step number of the step in the cool-down, from 0; the end holds for steps after it
   * @param cooldown steps of cool-down, at least 1
   * @param from rate before the cool-down
   * @param to rate at its end
   * @return the rate
   */
  static double cooldown(long step, long cooldown, double from, double to) {
    return cooldown == 1
        ? from
        : from + (to - from) * Math.min(step, cooldown - 1) / (cooldown - 1);
  }
}
