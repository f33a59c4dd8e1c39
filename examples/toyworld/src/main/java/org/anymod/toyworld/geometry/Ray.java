package org.anymod.toyworld.geometry;

/**
 * A half line.
 *
 * @param origin where it starts
 * @param direction where it goes, of length 1
 */
public record Ray(Vec3 origin, Vec3 direction) {

  /**
   * Returns the point at a distance from the origin.
   *
   * @param distance metres along the ray
   * @return the point
   */
  public Vec3 at(double distance) {
    return new Vec3(
        origin.x() + direction.x() * distance,
        origin.y() + direction.y() * distance,
        origin.z() + direction.z() * distance);
  }
}
