package org.anymod.toyworld.geometry;

/**
 * An upright cylinder.
 *
 * @param x place of the axis on the ground
 * @param z place of the axis on the ground
 * @param radius metres
 * @param height metres
 */
public record Cylinder(double x, double z, double radius, double height) implements Solid {

  @Override
  public double distance(Ray ray) {
    return Math.min(sideDistance(ray), Math.min(capDistance(ray, height), capDistance(ray, 0)));
  }

  private double sideDistance(Ray ray) {
    Vec3 d = ray.direction();
    double ox = ray.origin().x() - x;
    double oz = ray.origin().z() - z;
    double a = d.x() * d.x() + d.z() * d.z();
    double b = ox * d.x() + oz * d.z();
    double discriminant = b * b - a * (ox * ox + oz * oz - radius * radius);
    if (discriminant < 0 || a == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = (-b - Math.sqrt(discriminant)) / a;
    double y = ray.origin().y() + d.y() * distance;
    return distance > NEAREST && y >= 0 && y <= height ? distance : Double.POSITIVE_INFINITY;
  }

  private double capDistance(Ray ray, double level) {
    double distance = (level - ray.origin().y()) / ray.direction().y();
    if (!(distance > NEAREST)) {
      return Double.POSITIVE_INFINITY;
    }
    double px = ray.origin().x() + ray.direction().x() * distance - x;
    double pz = ray.origin().z() + ray.direction().z() * distance - z;
    return px * px + pz * pz <= radius * radius ? distance : Double.POSITIVE_INFINITY;
  }

  @Override
  public Vec3 normal(Vec3 point) {
    if (onCap(point, height)) {
      return Vec3.UP;
    }
    if (onCap(point, 0)) {
      return new Vec3(0, -1, 0);
    }
    return new Vec3(point.x() - x, 0, point.z() - z).normalized();
  }

  private boolean onCap(Vec3 point, double level) {
    double px = point.x() - x;
    double pz = point.z() - z;
    double inside = radius - Math.sqrt(px * px + pz * pz);
    return Math.abs(point.y() - level) < Math.abs(inside);
  }

  @Override
  public SurfacePoint unroll(Vec3 point) {
    if (onCap(point, height) || onCap(point, 0)) {
      return new SurfacePoint(point.x() - x, point.z() - z);
    }
    return new SurfacePoint(radius * StrictMath.atan2(point.x() - x, point.z() - z), point.y());
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
