package org.anymod.media;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/** Sums over pairs of rasters. */
final class RasterErrors implements Metric.Accumulator {
  private static final double CLOSE_FACTOR = 1.25;
  private static final float EDGE = 0.5f;

  private final double range;
  private final Set<RasterMetric.Extra> extras;
  private long count;
  private double absolute;
  private double squared;
  private long positive;
  private double relative;
  private final long[] close = new long[3];
  private long hits;
  private long predictedEdges;
  private long trueEdges;

  RasterErrors(double range, Set<RasterMetric.Extra> extras) {
    this.range = range;
    this.extras = extras;
  }

  @Override
  public void add(Value prediction, Value truth) {
    Value.Raster predicted = ValueTypes.raster(prediction);
    Value.Raster actual = ValueTypes.raster(truth);
    checkSameSize(predicted, actual);
    for (int i = 0; i < actual.data().length; i++) {
      double p = predicted.data()[i];
      double t = actual.data()[i];
      absolute += Math.abs(p - t);
      squared += (p - t) * (p - t);
      if (t > 0) {
        positive(p, t);
      }
      predictedEdges += p >= EDGE ? 1 : 0;
      trueEdges += t >= EDGE ? 1 : 0;
      hits += p >= EDGE && t >= EDGE ? 1 : 0;
    }
    count += actual.data().length;
  }

  private void positive(double p, double t) {
    positive++;
    relative += Math.abs(p - t) / t;
    double limit = CLOSE_FACTOR;
    for (int k = 0; k < close.length; k++) {
      // A prediction of zero or less is never close to a positive truth.
      close[k] += p > 0 && Math.max(p / t, t / p) < limit ? 1 : 0;
      limit *= CLOSE_FACTOR;
    }
  }

  @Override
  public double error() {
    return absolute / count;
  }

  @Override
  public Map<String, Double> figures() {
    double mse = squared / count;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("l1", error());
    figures.put("mse", mse);
    figures.put("psnr", Math.min(RasterMetric.MAX_PSNR, 10 * Math.log10(range * range / mse)));
    if (extras.contains(RasterMetric.Extra.DISTANCES)) {
      figures.put("rmse", Math.sqrt(mse));
      figures.put("abs_rel", relative / positive);
      for (int k = 0; k < close.length; k++) {
        figures.put("delta" + (k + 1), (double) close[k] / positive);
      }
    }
    if (extras.contains(RasterMetric.Extra.F1)) {
      long all = predictedEdges + trueEdges;
      figures.put("f1", count > 0 && all == 0 ? 1 : 2.0 * hits / all);
    }
    return figures;
  }

  static void checkSameSize(Value.Raster found, Value.Raster expected) {
    if (found.channels() != expected.channels()
        || found.height() != expected.height()
        || found.width() != expected.width()) {
      throw new IllegalArgumentException(
          "the raster is " + size(found) + ", must be " + size(expected));
    }
  }

  private static String size(Value.Raster raster) {
    return raster.channels() + " x " + raster.height() + " x " + raster.width();
  }
}
