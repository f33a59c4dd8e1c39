package org.anymod.toyworld.geometry;

/**
 * A sphere that touches the ground.
 *
 * @param x place on the ground
 * @param z place on the ground
 * @param radius metres
 */
public record Sphere(double x, double z, double radius) implements Solid {

  @Override
  public double distance(Ray ray) {
    Vec3 toCenter = center().minus(ray.origin());
    double along = toCenter.dot(ray.direction());
    double discriminant = along * along - toCenter.dot(toCenter) + radius * radius;
    if (discriminant < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = along - Math.sqrt(discriminant);
    return distance > NEAREST ? distance : Double.POSITIVE_INFINITY;
  }

  @Override
  public Vec3 normal(Vec3 point) {
    return point.minus(center()).normalized();
  }

  @Override
  public SurfacePoint unroll(Vec3 point) {
    Vec3 normal = normal(point);
    double longitude = StrictMath.atan2(normal.x(), normal.z());
    double latitude = StrictMath.asin(Math.max(-1, Math.min(1, normal.y())));
    return new SurfacePoint(longitude * radius, latitude * radius);
  }

  @Override
  public Vec3 center() {
    return new Vec3(x, radius, z);
  }

  @Override
  public double footprint() {
    return radius;
  }

  @Override
  public double height() {
    return 2 * radius;
  }
}
