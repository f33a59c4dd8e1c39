package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * The plane {@code y = 0}.
 *
 * @param word the English name of its colour
 * @param surface how it looks
 * @param cos cosine of the turn of its pattern
 * @param sin sine of the turn of its pattern
 */
public record Ground(String word, Surface surface, double cos, double sin) {

  Vec3 albedo(Vec3 point, double span) {
    double u = point.x() * cos - point.z() * sin;
    double v = point.x() * sin + point.z() * cos;
    return surface.albedo(u, v, span);
  }
}
