package org.anymod.cli;

import java.util.Locale;

/** Times and rates in words. */
final class Durations {
  private Durations() {}

  /** Writes a time: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 4 min}. */
  static String text(long nanos) {
    double exact = nanos / 1e9;
    if (exact < 10) {
      return String.format(Locale.ROOT, "%.1f s", exact);
    }
    long seconds = Math.round(exact);
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    return minutes < 60
        ? minutes + " min " + seconds % 60 + " s"
        : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** Writes a rate: units per second, or seconds per unit where it is slow. */
  static String rate(double perSecond, String unit) {
    if (perSecond > 0 && perSecond < 1) {
      return String.format(Locale.ROOT, "%.1f s/%s", 1 / perSecond, unit);
    }
    return String.format(
        Locale.ROOT, perSecond < 100 ? "%.1f %ss/s" : "%.0f %ss/s", perSecond, unit);
  }
}
