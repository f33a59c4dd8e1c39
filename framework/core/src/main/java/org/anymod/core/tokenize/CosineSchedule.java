package org.anymod.core.tokenize;

/**
 * Learning rate over the steps of a training: linear warm-up from 0, then half a cosine down to a
 * minimum.
 *
 * @param peak highest rate
 * @param min rate at the end
 * @param warmup steps of warm-up
 * @param steps all steps
 */
public record CosineSchedule(double peak, double min, int warmup, int steps) {

  /**
   * Returns the rate of a step.
   *
   * @param step number of the step, from 0
   * @return the rate
   */
  public double at(long step) {
    if (step < warmup) {
      // Both ends included, as in linspace(0, peak, warmup).
      return warmup == 1 ? 0 : peak * step / (warmup - 1);
    }
    double part = (double) (step - warmup) / Math.max(1, steps - warmup);
    return min + (peak - min) * (1 + Math.cos(Math.PI * Math.min(1, part))) / 2;
  }
}
