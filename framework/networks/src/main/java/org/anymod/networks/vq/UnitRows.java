package org.anymod.networks.vq;

/** Brings rows of numbers to length 1. */
final class UnitRows {
  private UnitRows() {}

  /** Overwrites rows of the given width with their directions. */
  static void normalise(float[] rows, int width) {
    for (int from = 0; from < rows.length; from += width) {
      double sum = 0;
      for (int j = from; j < from + width; j++) {
        sum += (double) rows[j] * rows[j];
      }
      float length = (float) Math.max(Math.sqrt(sum), 1e-12);
      for (int j = from; j < from + width; j++) {
        rows[j] /= length;
      }
    }
  }
}
