package org.anymod.core.schedule;

/**
 * Linear warm-up from 0, then one rate, then a linear cool-down to a minimum.
 *
 * @param peak the rate
 * @param min rate at the end of the cool-down
 * @param warmup steps of warm-up
 * @param cooldown steps of cool-down; 0 for none
 * @param steps all steps
 */
public record ConstantSchedule(double peak, double min, long warmup, long cooldown, long steps)
    implements Schedule {

  @Override
  public double at(long step) {
    if (step < warmup) {
      return Schedule.warmup(step, warmup, peak);
    }
    long start = steps - cooldown;
    return cooldown > 0 && step >= start
        ? Schedule.cooldown(step - start, cooldown, peak, min)
        : peak;
  }
}
