package org.anymod.toyworld;

/** The levels of brightness that captions tell apart in the sky. */
enum SkyBrightness {
  DARK("dark", 0.12, 0.5),
  MIDDLE("", 0.5, 0.85),
  BRIGHT("bright", 1, 1.05);

  private final String word;
  private final double sky;
  private final double light;

  SkyBrightness(String word, double sky, double light) {
    this.word = word;
    this.sky = sky;
    this.light = light;
  }

  String word() {
    return word;
  }

  /** Returns the factor of the colours of the sky. */
  double sky() {
    return sky;
  }

  /** Returns the factor of the light on surfaces. */
  double light() {
    return light;
  }
}
