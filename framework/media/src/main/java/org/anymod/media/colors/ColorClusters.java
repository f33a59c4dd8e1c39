package org.anymod.media.colors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anymod.media.colors.ColorHistogram.Bin;

/**
 * Groups of similar colours: the group with the largest spread is cut at its mean along its widest
 * channel, again and again (variance-based median cut), then Lloyd's iterations move the means of
 * k-means to where they belong. Deterministic.
 */
final class ColorClusters {
  private static final int ITERATIONS = 10;

  private final List<Bin> bins;
  private final List<ColorBox> boxes = new ArrayList<>();

  ColorClusters(List<Bin> bins) {
    this.bins = bins;
    boxes.add(new ColorBox(bins));
  }

  /**
   * Returns k colours, the one of most pixels first. A picture with fewer colours gives its own
   * again and again.
   *
   * @param k number of colours, not less than in earlier calls
   */
  List<double[]> colors(int k) {
    while (boxes.size() < k && splitWidest()) {
      // Each pass adds a box.
    }
    List<double[]> distinct = byWeight(lloyd());
    List<double[]> colors = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      colors.add(distinct.get(i % distinct.size()));
    }
    return colors;
  }

  private boolean splitWidest() {
    ColorBox widest =
        boxes.stream().max(Comparator.comparingDouble(ColorBox::spread)).orElseThrow();
    if (widest.spread() <= 0) {
      return false;
    }
    boxes.remove(widest);
    boxes.addAll(widest.split());
    return true;
  }

  private double[][] lloyd() {
    double[][] centers = boxes.stream().map(ColorBox::mean).toArray(double[][]::new);
    for (int n = 0; n < ITERATIONS; n++) {
      double[][] sums = new double[centers.length][Palettes.CHANNELS + 1];
      for (Bin bin : bins) {
        double[] sum = sums[nearest(centers, bin.color())];
        for (int c = 0; c < Palettes.CHANNELS; c++) {
          sum[c] += bin.weight() * bin.color()[c];
        }
        sum[Palettes.CHANNELS] += bin.weight();
      }
      for (int i = 0; i < centers.length; i++) {
        double weight = sums[i][Palettes.CHANNELS];
        if (weight > 0) {
          centers[i] = new double[] {sums[i][0] / weight, sums[i][1] / weight, sums[i][2] / weight};
        }
      }
    }
    return centers;
  }

  private List<double[]> byWeight(double[][] centers) {
    long[] weights = new long[centers.length];
    for (Bin bin : bins) {
      weights[nearest(centers, bin.color())] += bin.weight();
    }
    List<Bin> weighted = new ArrayList<>();
    for (int i = 0; i < centers.length; i++) {
      weighted.add(new Bin(weights[i], centers[i]));
    }
    weighted.sort(
        Comparator.comparingLong(Bin::weight)
            .reversed()
            .thenComparingDouble(bin -> bin.color()[0])
            .thenComparingDouble(bin -> bin.color()[1])
            .thenComparingDouble(bin -> bin.color()[2]));
    return weighted.stream().map(Bin::color).toList();
  }

  private static int nearest(double[][] centers, double[] color) {
    int best = 0;
    double bestDistance = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centers.length; i++) {
      double distance = 0;
      for (int c = 0; c < Palettes.CHANNELS; c++) {
        distance += (centers[i][c] - color[c]) * (centers[i][c] - color[c]);
      }
      if (distance < bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    return best;
  }
}
