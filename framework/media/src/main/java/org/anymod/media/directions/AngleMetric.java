package org.anymod.media.directions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.media.measures.AngleMedian;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * Mean angle in degrees between predicted and true directions over all places where the truth has
 * one; 90 where the prediction has none. Its constant is the mean direction of each place, which is
 * close to the one of the smallest mean angle.
 *
 * <p>Figures: {@code mean_angle}, {@code median_angle} and {@code within_11_25}, {@code
 * within_22_5} and {@code within_30}, the shares of places with a smaller angle (Eigen and Fergus,
 * arXiv 1411.4734).
 */
public final class AngleMetric implements Metric {
  private static final String ERROR = "mean_angle";
  private static final double NONE = 90;

  /** Creates a metric. */
  public AngleMetric() {}

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sums();
  }

  @Override
  public Value constant(List<? extends Value> truths) {
    if (truths.isEmpty()) {
      throw new IllegalArgumentException("there are no truths, at least one is needed");
    }
    Value.Raster first = ValueTypes.raster(truths.get(0));
    Value.Raster mean =
        new Value.Raster(
            first.channels(), first.height(), first.width(), new float[first.data().length]);
    int plane = first.height() * first.width();
    for (Value value : truths) {
      Value.Raster truth = ValueTypes.raster(value);
      checkSameSize(truth, first);
      for (int i = 0; i < plane; i++) {
        double length = Directions.length(truth, i);
        for (int at = i; length >= Directions.SHORTEST && at < mean.data().length; at += plane) {
          mean.data()[at] += (float) (truth.data()[at] / length / truths.size());
        }
      }
    }
    Directions.normalise(mean);
    return mean;
  }

  private static void checkSameSize(Value.Raster found, Value.Raster expected) {
    if (found.channels() != Directions.AXES
        || found.height() != expected.height()
        || found.width() != expected.width()) {
      throw new IllegalArgumentException(
          "the map of directions is "
              + found.channels()
              + " x "
              + found.height()
              + " x "
              + found.width()
              + ", must be "
              + Directions.AXES
              + " x "
              + expected.height()
              + " x "
              + expected.width());
    }
  }

  private static double angle(Value.Raster predicted, Value.Raster truth, int place) {
    double lengths = Directions.length(predicted, place) * Directions.length(truth, place);
    if (Directions.length(predicted, place) < Directions.SHORTEST) {
      return NONE;
    }
    double cosine = Directions.dot(predicted, truth, place) / lengths;
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }

  private static final class Sums implements Accumulator {
    private static final double[] LIMITS = {11.25, 22.5, 30};

    private final long[] within = new long[LIMITS.length];
    private final AngleMedian median = new AngleMedian();
    private long samples;
    private long places;
    private double angles;

    @Override
    public void add(Value prediction, Value truth) {
      Value.Raster predicted = ValueTypes.raster(prediction);
      Value.Raster actual = ValueTypes.raster(truth);
      checkSameSize(actual, actual);
      checkSameSize(predicted, actual);
      samples++;
      for (int i = 0; i < actual.height() * actual.width(); i++) {
        if (Directions.length(actual, i) >= Directions.SHORTEST) {
          add(angle(predicted, actual, i));
        }
      }
    }

    private void add(double angle) {
      places++;
      angles += angle;
      median.add(angle);
      for (int n = 0; n < LIMITS.length; n++) {
        within[n] += angle < LIMITS[n] ? 1 : 0;
      }
    }

    @Override
    public double error() {
      return samples > 0 && places == 0 ? 0 : angles / places;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      figures.put("median_angle", median.degrees());
      figures.put("within_11_25", (double) within[0] / places);
      figures.put("within_22_5", (double) within[1] / places);
      figures.put("within_30", (double) within[2] / places);
      return figures;
    }
  }
}
