package org.anymod.media.measures;

/**
 * The median of very many angles, in the memory of a histogram with steps of a hundredth of a
 * degree: exact to half a step.
 */
public final class AngleMedian {
  private static final int STEPS = 100;

  private final long[] counts = new long[180 * STEPS + 1];
  private long all;

  /** Starts without angles. */
  public AngleMedian() {}

  /**
   * Adds an angle.
   *
   * @param degrees 0 to 180
   */
  public void add(double degrees) {
    counts[(int) Math.min(counts.length - 1, Math.max(0, Math.rint(degrees * STEPS)))]++;
    all++;
  }

  /**
   * Returns the median.
   *
   * @return the median in degrees, of an even number of angles the mean of the middle two; NaN
   *     without angles
   */
  public double degrees() {
    return all == 0 ? Double.NaN : (at((all - 1) / 2) + at(all / 2)) / 2.0 / STEPS;
  }

  /** The step of the angle with this number in ascending order. */
  private int at(long number) {
    long before = 0;
    int step = 0;
    while (before + counts[step] <= number) {
      before += counts[step];
      step++;
    }
    return step;
  }
}
