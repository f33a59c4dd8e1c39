package org.anymod.toyworld.geometry;

/**
 * An upright circular cone with its tip at the top.
 *
 * @param x place of the axis on the ground
 * @param z place of the axis on the ground
 * @param radius radius at the ground in metres
 * @param height metres
 */
public record Cone(double x, double z, double radius, double height) implements Solid {

  /**
   * Solves {@code |p_xz|^2 = (radius / height)^2 (height - y)^2} along the ray, for y from 0 to the
   * tip.
   */
  @Override
  public double distance(Ray ray) {
    Vec3 d = ray.direction();
    double ox = ray.origin().x() - x;
    double oz = ray.origin().z() - z;
    double oy = height - ray.origin().y();
    double slope = radius / height * (radius / height);
    double a = d.x() * d.x() + d.z() * d.z() - slope * d.y() * d.y();
    double b = ox * d.x() + oz * d.z() + slope * oy * d.y();
    double c = ox * ox + oz * oz - slope * oy * oy;
    double best = baseDistance(ray);
    double discriminant = b * b - a * c;
    if (discriminant < 0 || a == 0) {
      return best;
    }
    double root = Math.sqrt(discriminant);
    best = Math.min(best, onSurface(ray, (-b - root) / a));
    return Math.min(best, onSurface(ray, (-b + root) / a));
  }

  private double onSurface(Ray ray, double distance) {
    double y = ray.origin().y() + ray.direction().y() * distance;
    return distance > NEAREST && y >= 0 && y <= height ? distance : Double.POSITIVE_INFINITY;
  }

  private double baseDistance(Ray ray) {
    double distance = -ray.origin().y() / ray.direction().y();
    if (!(distance > NEAREST)) {
      return Double.POSITIVE_INFINITY;
    }
    double px = ray.origin().x() + ray.direction().x() * distance - x;
    double pz = ray.origin().z() + ray.direction().z() * distance - z;
    return px * px + pz * pz <= radius * radius ? distance : Double.POSITIVE_INFINITY;
  }

  @Override
  public Vec3 normal(Vec3 point) {
    double px = point.x() - x;
    double pz = point.z() - z;
    double fromAxis = Math.sqrt(px * px + pz * pz);
    double offSide = Math.abs(fromAxis - radius * (height - point.y()) / height);
    if (Math.abs(point.y()) < offSide) {
      return new Vec3(0, -1, 0);
    }
    if (fromAxis == 0) {
      return Vec3.UP;
    }
    return new Vec3(px / fromAxis * height, radius, pz / fromAxis * height).normalized();
  }

  @Override
  public SurfacePoint unroll(Vec3 point) {
    double angle = StrictMath.atan2(point.x() - x, point.z() - z);
    return new SurfacePoint(angle * radius, point.y());
  }

  @Override
  public Vec3 center() {
    return new Vec3(x, height / 2, z);
  }

  @Override
  public double footprint() {
    return radius;
  }
}
