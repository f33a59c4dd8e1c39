package org.anymod.core.schedule;

/**
 * Linear warm-up from 0, then half a cosine down to a minimum: {@code min + (peak - min) * (1 +
 * cos(pi * i / R)) / 2} for step i of the R steps after the warm-up (Loshchilov and Hutter, 2017).
 *
 * @param peak highest rate
 * @param min rate at the end
 * @param warmup steps of warm-up
 * @param steps all steps
 */
public record CosineSchedule(double peak, double min, long warmup, long steps) implements Schedule {

  @Override
  public double at(long step) {
    if (step < warmup) {
      return Schedule.warmup(step, warmup, peak);
    }
    double part = (double) (step - warmup) / Math.max(1, steps - warmup);
    return min + (peak - min) * (1 + Math.cos(Math.PI * Math.min(1, part))) / 2;
  }
}
