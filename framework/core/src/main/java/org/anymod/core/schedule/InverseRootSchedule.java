package org.anymod.core.schedule;

/**
 * Linear warm-up from 0, then {@code peak / sqrt((i + timescale) / timescale)} for step i after the
 * warm-up (Zhai et al., 2022), then a linear cool-down from the last of these to a minimum. Without
 * cool-down it goes on for as long as it is asked.
 *
 * @param peak highest rate
 * @param min rate at the end of the cool-down
 * @param warmup steps of warm-up
 * @param cooldown steps of cool-down; 0 for none
 * @param steps all steps
 * @param timescale steps after which the rate has fallen to {@code peak / sqrt(2)}
 */
public record InverseRootSchedule(
    double peak, double min, long warmup, long cooldown, long steps, double timescale)
    implements Schedule {

  @Override
  public double at(long step) {
    if (step < warmup) {
      return Schedule.warmup(step, warmup, peak);
    }
    long start = steps - cooldown;
    if (cooldown > 0 && step >= start) {
      double from = start > warmup ? main(start - 1 - warmup) : peak;
      return Schedule.cooldown(step - start, cooldown, from, min);
    }
    return main(step - warmup);
  }

  private double main(long i) {
    return peak / Math.sqrt((i + timescale) / timescale);
  }
}
