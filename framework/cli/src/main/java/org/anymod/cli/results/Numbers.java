package org.anymod.cli.results;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** Writes a figure with four significant digits. */
  static String figure(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f", value);
  }

  /** Writes a count with its thousands apart, or in millions. */
  static String count(long value) {
    return value < 10_000_000
        ? String.format(Locale.ROOT, "%,d", value)
        : String.format(Locale.ROOT, "%.1f million", value / 1e6);
  }

  static String seconds(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }
}
