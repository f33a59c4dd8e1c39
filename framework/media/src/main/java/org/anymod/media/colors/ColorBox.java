package org.anymod.media.colors;

import java.util.ArrayList;
import java.util.List;
import org.anymod.media.colors.ColorHistogram.Bin;

/** Some colours of a picture with their mean and spread. */
final class ColorBox {
  private final List<Bin> bins;
  private final double[] mean = new double[Palettes.CHANNELS];
  private final double[] spread = new double[Palettes.CHANNELS];

  ColorBox(List<Bin> bins) {
    this.bins = bins;
    double weight = bins.stream().mapToLong(Bin::weight).sum();
    for (int c = 0; c < Palettes.CHANNELS; c++) {
      for (Bin bin : bins) {
        mean[c] += bin.weight() * bin.color()[c] / weight;
      }
      for (Bin bin : bins) {
        double d = bin.color()[c] - mean[c];
        spread[c] += bin.weight() * d * d;
      }
    }
  }

  double[] mean() {
    return mean;
  }

  /**
   * Returns the sum of squared distances to the mean; 0 for a single colour, which cannot be split.
   */
  double spread() {
    return bins.size() == 1 ? 0 : spread[0] + spread[1] + spread[2];
  }

  /** Cuts at the mean along the channel of largest spread; both halves hold at least one colour. */
  List<ColorBox> split() {
    int widest = 0;
    for (int c = 1; c < Palettes.CHANNELS; c++) {
      widest = spread[c] > spread[widest] ? c : widest;
    }
    List<Bin> low = new ArrayList<>();
    List<Bin> high = new ArrayList<>();
    for (Bin bin : bins) {
      (bin.color()[widest] <= mean[widest] ? low : high).add(bin);
    }
    return List.of(new ColorBox(low), new ColorBox(high));
  }
}
