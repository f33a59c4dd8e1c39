package org.anymod.toyworld;

import java.util.Locale;
import org.anymod.toyworld.geometry.Vec3;

/** The colours that captions tell apart on solids. */
public enum NamedColor {
  /** Red. */
  RED(0xD6201C),
  /** Orange. */
  ORANGE(0xF5821F),
  /** Yellow. */
  YELLOW(0xF2D21B),
  /** Green. */
  GREEN(0x27963C),
  /** Cyan. */
  CYAN(0x2CC4C9),
  /** Blue. */
  BLUE(0x2346C8),
  /** Purple. */
  PURPLE(0x7A2A9E),
  /** Pink. */
  PINK(0xF277AE),
  /** White. */
  WHITE(0xF0F0EC),
  /** Black. */
  BLACK(0x26262A);

  private final Vec3 linear;

  NamedColor(int hex) {
    linear = LinearColor.fromHex(hex);
  }

  /**
   * Returns the share of red, green and blue light that a surface of this colour reflects.
   *
   * @return linear reflectances, 0 to 1
   */
  public Vec3 linear() {
    return linear;
  }

  /**
   * Returns the colour's English name.
   *
   * @return a lower-case adjective
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
