package org.anymod.media.colors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Medoid;
import org.anymod.media.Subsample;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * How far the colours of two palettes are from each other: the mean distance of each colour to the
 * nearest one of the other palette, both ways, in RGB over 255. Its constant is the truth that is
 * nearest to all others.
 *
 * <p>Palettes of the same number of colours are compared, the mean over those that both have; where
 * they share none, the largest of each. A missing palette has the largest distance, the square root
 * of three.
 */
final class PaletteMetric implements Metric {
  private static final String ERROR = "palette_distance";
  private static final int MAX_CANDIDATES = 128;
  private static final int MAX_TRUTHS = 512;

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sum();
  }

  /**
   * Returns the truth with the smallest mean distance, the first on ties; at most 128 evenly spaced
   * truths are tried on at most 512.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<Palettes> all =
        Subsample.<Value>evenly(truths, MAX_TRUTHS).stream().map(Palettes::of).toList();
    return all.get(Medoid.of(all, MAX_CANDIDATES, PaletteMetric::distance)).toValue();
  }

  static double distance(Palettes a, Palettes b) {
    double sum = 0;
    int shared = 0;
    for (Map.Entry<Integer, List<double[]>> entry : a.bySize().entrySet()) {
      List<double[]> other = b.bySize().get(entry.getKey());
      if (other != null) {
        sum += distance(entry.getValue(), other);
        shared++;
      }
    }
    return shared > 0 ? sum / shared : distance(a.largest(), b.largest());
  }

  private static double distance(List<double[]> a, List<double[]> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty() ? 0 : Math.sqrt(Palettes.CHANNELS);
    }
    return (oneWay(a, b) + oneWay(b, a)) / 2 / Palettes.MAX_LEVEL;
  }

  private static double oneWay(List<double[]> from, List<double[]> to) {
    double sum = 0;
    for (double[] color : from) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double[] other : to) {
        nearest = Math.min(nearest, squared(color, other));
      }
      sum += Math.sqrt(nearest);
    }
    return sum / from.size();
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < Palettes.CHANNELS; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
  }

  private static final class Sum implements Accumulator {
    private long samples;
    private double distances;

    @Override
    public void add(Value prediction, Value truth) {
      samples++;
      distances += distance(Palettes.of(prediction), Palettes.of(truth));
    }

    @Override
    public double error() {
      return distances / samples;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      return figures;
    }
  }
}
