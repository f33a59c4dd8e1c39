package org.anymod.media.colors;

import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Value;

/** The colours of a picture, similar ones gathered in bins of 5 bits a channel. */
final class ColorHistogram {
  private static final int BITS = 5;
  private static final int SHIFT = Byte.SIZE - BITS;

  private ColorHistogram() {}

  /**
   * A bin that is not empty.
   *
   * @param weight number of pixels
   * @param color their mean colour, 0 to 255
   */
  record Bin(long weight, double[] color) {}

  /** Returns the bins of a picture of three channels with values in [0, 1], in a fixed order. */
  static List<Bin> of(Value.Raster picture) {
    int plane = picture.height() * picture.width();
    long[] counts = new long[1 << Palettes.CHANNELS * BITS];
    double[][] sums = new double[Palettes.CHANNELS][counts.length];
    for (int i = 0; i < plane; i++) {
      int bin = 0;
      for (int c = 0; c < Palettes.CHANNELS; c++) {
        bin =
            bin << BITS | (int) (picture.data()[c * plane + i] * Palettes.MAX_LEVEL + 0.5) >> SHIFT;
      }
      counts[bin]++;
      for (int c = 0; c < Palettes.CHANNELS; c++) {
        sums[c][bin] += picture.data()[c * plane + i] * Palettes.MAX_LEVEL;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double n = counts[i];
        bins.add(new Bin(counts[i], new double[] {sums[0][i] / n, sums[1][i] / n, sums[2][i] / n}));
      }
    }
    return bins;
  }
}
