package org.anymod.toyworld.geometry;

/**
 * All points within a radius of a line segment: one limb of a {@link Figure}.
 *
 * @param from one end of the segment
 * @param to its other end
 * @param radius metres
 */
public record Capsule(Vec3 from, Vec3 to, double radius) {
  private static final double PARALLEL = 1e-9;

  /**
   * Returns where a ray enters.
   *
   * @param ray a ray that starts outside
   * @return metres along the ray, or positive infinity if it misses
   */
  double distance(Ray ray) {
    Vec3 d = ray.direction();
    Vec3 axis = to.minus(from);
    Vec3 start = ray.origin().minus(from);
    double length2 = axis.dot(axis);
    double along = axis.dot(d);
    double ahead = axis.dot(start);
    double a = length2 - along * along;
    if (a <= PARALLEL * length2) {
      return endDistance(ray, along > 0 ? from : to);
    }
    double b = length2 * d.dot(start) - ahead * along;
    double c = length2 * start.dot(start) - ahead * ahead - radius * radius * length2;
    double discriminant = b * b - a * c;
    if (discriminant < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = (-b - Math.sqrt(discriminant)) / a;
    double place = ahead + distance * along;
    if (place > 0 && place < length2) {
      return distance > Solid.NEAREST ? distance : Double.POSITIVE_INFINITY;
    }
    return endDistance(ray, place <= 0 ? from : to);
  }

  private double endDistance(Ray ray, Vec3 end) {
    Vec3 toEnd = end.minus(ray.origin());
    double along = toEnd.dot(ray.direction());
    double discriminant = along * along - toEnd.dot(toEnd) + radius * radius;
    if (discriminant < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = along - Math.sqrt(discriminant);
    return distance > Solid.NEAREST ? distance : Double.POSITIVE_INFINITY;
  }

  /** Returns the vector from the segment to a point. */
  Vec3 fromAxis(Vec3 point) {
    Vec3 axis = to.minus(from);
    double share = point.minus(from).dot(axis) / axis.dot(axis);
    return point.minus(from.mix(to, Math.max(0, Math.min(1, share))));
  }

  /** Returns how far a point lies outside the surface in metres; negative inside. */
  double gap(Vec3 point) {
    return fromAxis(point).length() - radius;
  }
}
