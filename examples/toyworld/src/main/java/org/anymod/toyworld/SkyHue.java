package org.anymod.toyworld;

import java.util.Locale;
import org.anymod.toyworld.geometry.Vec3;

/** The colours that captions tell apart in the sky, with the light that falls from it. */
enum SkyHue {
  BLUE(0xCFE3F5, 0x3F7FD6, 0xFFF6E6, 0.95, 0.42),
  GRAY(0xCDD0D3, 0x8E959C, 0xFFFFFF, 0.45, 0.68),
  ORANGE(0xFBC27A, 0xC8704A, 0xFFCE96, 0.95, 0.40),
  PINK(0xF4C3CF, 0x8F6FB8, 0xFFDCD8, 0.80, 0.46);

  private final Vec3 horizon;
  private final Vec3 zenith;
  private final Vec3 sunlight;
  private final double ambient;

  SkyHue(int horizon, int zenith, int sunlight, double sun, double ambient) {
    this.horizon = LinearColor.fromHex(horizon);
    this.zenith = LinearColor.fromHex(zenith);
    this.sunlight = LinearColor.fromHex(sunlight).times(sun);
    this.ambient = ambient;
  }

  Sky sky(SkyBrightness brightness, double variation) {
    double factor = brightness.sky() * variation;
    String word = (brightness.word() + " " + name().toLowerCase(Locale.ROOT)).strip();
    return new Sky(word, horizon.times(factor), zenith.times(factor));
  }

  /** Returns linear colour and strength of the sun on a bright day. */
  Vec3 sunlight() {
    return sunlight;
  }

  /** Returns the strength of the light from everywhere on a bright day. */
  double ambient() {
    return ambient;
  }
}
