package org.anymod.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * Mean absolute error of pictures and maps of numbers; its constant is the median of each pixel,
 * which minimises it.
 *
 * <p>Figures: {@code l1}, {@code mse}, {@code psnr} (decibels of the squared range over the mean
 * squared error of the whole set, at most {@value #MAX_PSNR}) and those asked for.
 */
public final class RasterMetric implements Metric {
  /** Peak signal-to-noise ratio reported for equal pictures, in decibels. */
  public static final double MAX_PSNR = 100;

  private static final int MAX_TRUTHS = 512;

  private final double range;
  private final Set<Extra> extras;

  /** Figures that make sense for some rasters only. */
  public enum Extra {
    /**
     * {@code rmse} (root of the mean squared error), and at places with positive truth {@code
     * abs_rel} (mean of the absolute error over the truth) and {@code delta1}, {@code delta2},
     * {@code delta3} (shares with a factor below 1.25, 1.25 squared, 1.25 cubed; Eigen et al.,
     * arXiv 1406.2283).
     */
    DISTANCES,
    /** {@code f1}: F1 of the places that are at least 0.5. */
    F1
  }

  /**
   * Creates a metric.
   *
   * @param range difference between the largest and smallest possible value, positive
   * @param extras figures to add
   */
  public RasterMetric(double range, Extra... extras) {
    if (!(range > 0)) {
      throw new IllegalArgumentException("range is " + range + ", must be positive");
    }
    this.range = range;
    this.extras = EnumSet.noneOf(Extra.class);
    this.extras.addAll(Arrays.asList(extras));
  }

  @Override
  public String name() {
    return "l1";
  }

  @Override
  public Accumulator start() {
    return new RasterErrors(range, extras);
  }

  /**
   * Returns the median of each pixel over at most 512 evenly spaced truths.
   *
   * @throws IllegalArgumentException if there is no truth or they differ in size
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<Value.Raster> rasters = new ArrayList<>();
    for (Value value : Subsample.<Value>evenly(truths, MAX_TRUTHS)) {
      Value.Raster raster = ValueTypes.raster(value);
      rasters.add(raster);
      RasterErrors.checkSameSize(raster, rasters.get(0));
    }
    Value.Raster first = rasters.get(0);
    float[] medians = new float[first.data().length];
    float[] values = new float[rasters.size()];
    for (int i = 0; i < medians.length; i++) {
      for (int n = 0; n < values.length; n++) {
        values[n] = rasters.get(n).data()[i];
      }
      Arrays.sort(values);
      medians[i] = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
    return new Value.Raster(first.channels(), first.height(), first.width(), medians);
  }
}
