package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * How a surface looks.
 *
 * @param pattern how the accent is spread
 * @param cell side of a cell of the pattern in metres
 * @param base linear reflectance of the ground colour
 * @param accent linear reflectance of the accent
 * @param gloss strength of the highlight, 0 for matt
 */
public record Surface(Pattern pattern, double cell, Vec3 base, Vec3 accent, double gloss) {

  /**
   * Returns the linear reflectance at a place given in metres, seen by a sample that spans so many
   * metres.
   */
  Vec3 albedo(double u, double v, double span) {
    if (pattern == Pattern.PLAIN) {
      return base;
    }
    return base.mix(accent, pattern.accent(u / cell, v / cell, span / cell));
  }
}
