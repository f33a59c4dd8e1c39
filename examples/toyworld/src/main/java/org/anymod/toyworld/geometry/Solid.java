package org.anymod.toyworld.geometry;

/** A closed body that stands on the ground and can be met by rays; all but figures are convex. */
public sealed interface Solid permits Sphere, Box, Cylinder, Cone, Figure {
  /** Hits closer than this count as none, so that a ray does not meet the surface it starts on. */
  double NEAREST = 1e-6;

  /**
   * Returns where a ray enters the solid.
   *
   * @param ray a ray that starts outside
   * @return metres along the ray, or positive infinity if it misses
   */
  double distance(Ray ray);

  /**
   * Returns the outward normal.
   *
   * @param point a point on the surface
   * @return a unit vector
   */
  Vec3 normal(Vec3 point);

  /**
   * Unrolls the surface, for patterns.
   *
   * @param point a point on the surface
   * @return where the point lies on the unrolled surface
   */
  SurfacePoint unroll(Vec3 point);

  /**
   * Returns the centre of the smallest upright cylinder around the solid, at half its height.
   *
   * @return the centre
   */
  Vec3 center();

  /**
   * Returns the radius of the smallest upright cylinder around the solid.
   *
   * @return metres
   */
  double footprint();

  /**
   * Returns the height of the solid.
   *
   * @return metres
   */
  double height();
}
