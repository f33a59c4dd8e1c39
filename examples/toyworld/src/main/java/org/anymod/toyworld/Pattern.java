package org.anymod.toyworld;

/**
 * How the accent colour of a surface is spread over it. Coordinates are in cells of the pattern, so
 * that one period is two cells long.
 */
public enum Pattern {
  /** No accent. */
  PLAIN("plain", 0) {
    @Override
    double accent(double u, double v) {
      return 0;
    }
  },
  /** Bands across v. */
  STRIPES("striped", 0.5) {
    @Override
    double accent(double u, double v) {
      return odd(v) ? 1 : 0;
    }
  },
  /** Squares in turn. */
  CHECKER("checkered", 0.5) {
    @Override
    double accent(double u, double v) {
      return odd(u) == odd(v) ? 1 : 0;
    }
  },
  /** Round spots, one to a cell. */
  DOTS("dotted", Math.PI * 0.09) {
    @Override
    double accent(double u, double v) {
      double du = u - Math.floor(u) - 0.5;
      double dv = v - Math.floor(v) - 0.5;
      return du * du + dv * dv < 0.09 ? 1 : 0;
    }
  },
  /** Cells of random strength. */
  SPECKLE("speckled", 0.5) {
    @Override
    double accent(double u, double v) {
      long cell =
          (long) Math.floor(u) * 0x9E3779B97F4A7C15L ^ (long) Math.floor(v) * 0xC2B2AE3D27D4EB4FL;
      cell = (cell ^ cell >>> 29) * 0xBF58476D1CE4E5B9L;
      return (cell >>> 40) / (double) (1 << 24);
    }
  };

  private static final double SHARP = 0.25;
  private static final double BLURRED = 1.25;

  private final String word;
  private final double mean;

  Pattern(String word, double mean) {
    this.word = word;
    this.mean = mean;
  }

  /**
   * Returns the pattern's English name.
   *
   * @return a lower-case adjective
   */
  public String word() {
    return word;
  }

  /** Returns the share of the accent colour at a point, 0 to 1. */
  abstract double accent(double u, double v);

  /**
   * Returns the share of the accent colour that a sample of the picture sees: the pattern fades
   * into its mean where the sample spans more than a cell, which keeps distant patterns from
   * flickering.
   *
   * @param span width of the sample in cells
   */
  double accent(double u, double v, double span) {
    double fade = Math.max(0, Math.min(1, (span - SHARP) / (BLURRED - SHARP)));
    return fade == 1 ? mean : accent(u, v) * (1 - fade) + mean * fade;
  }

  private static boolean odd(double coordinate) {
    return ((long) Math.floor(coordinate) & 1) == 1;
  }
}
