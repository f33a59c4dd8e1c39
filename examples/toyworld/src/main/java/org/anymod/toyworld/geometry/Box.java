package org.anymod.toyworld.geometry;

/**
 * A box turned about its upright axis.
 *
 * @param x place of the axis on the ground
 * @param z place of the axis on the ground
 * @param halfWidth half the side along the turned x axis, metres
 * @param halfLength half the side along the turned z axis, metres
 * @param height metres
 * @param cos cosine of the turn
 * @param sin sine of the turn
 */
public record Box(
    double x, double z, double halfWidth, double halfLength, double height, double cos, double sin)
    implements Solid {

  /**
   * Creates a box.
   *
   * @param x place of the axis on the ground
   * @param z place of the axis on the ground
   * @param halfWidth half of one side, metres
   * @param halfLength half of the other side, metres
   * @param height metres
   * @param turn angle about the axis in radians
   * @return the box
   */
  public static Box turned(
      double x, double z, double halfWidth, double halfLength, double height, double turn) {
    return new Box(x, z, halfWidth, halfLength, height, StrictMath.cos(turn), StrictMath.sin(turn));
  }

  /** The slab method (Kay and Kajiya 1986) in the frame of the box. */
  @Override
  public double distance(Ray ray) {
    Vec3 o = ray.origin();
    Vec3 d = ray.direction();
    double ox = localX(o.x() - x, o.z() - z);
    double oz = localZ(o.x() - x, o.z() - z);
    double dx = localX(d.x(), d.z());
    double dz = localZ(d.x(), d.z());
    double enter = Double.NEGATIVE_INFINITY;
    double leave = Double.POSITIVE_INFINITY;
    double a = (-halfWidth - ox) / dx;
    double b = (halfWidth - ox) / dx;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
    a = -o.y() / d.y();
    b = (height - o.y()) / d.y();
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
    a = (-halfLength - oz) / dz;
    b = (halfLength - oz) / dz;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
    return enter > NEAREST && enter <= leave ? enter : Double.POSITIVE_INFINITY;
  }

  private double localX(double dx, double dz) {
    return dx * cos - dz * sin;
  }

  private double localZ(double dx, double dz) {
    return dx * sin + dz * cos;
  }

  @Override
  public Vec3 normal(Vec3 point) {
    double px = localX(point.x() - x, point.z() - z);
    double pz = localZ(point.x() - x, point.z() - z);
    double py = point.y() - height / 2;
    double offX = Math.abs(halfWidth - Math.abs(px));
    double offY = Math.abs(height / 2 - Math.abs(py));
    double offZ = Math.abs(halfLength - Math.abs(pz));
    if (offY <= offX && offY <= offZ) {
      return new Vec3(0, Math.signum(py), 0);
    }
    if (offX <= offZ) {
      return new Vec3(Math.signum(px) * cos, 0, -Math.signum(px) * sin);
    }
    return new Vec3(Math.signum(pz) * sin, 0, Math.signum(pz) * cos);
  }

  @Override
  public SurfacePoint unroll(Vec3 point) {
    double px = localX(point.x() - x, point.z() - z);
    double pz = localZ(point.x() - x, point.z() - z);
    double offX = Math.abs(halfWidth - Math.abs(px));
    double offY = Math.abs(height / 2 - Math.abs(point.y() - height / 2));
    double offZ = Math.abs(halfLength - Math.abs(pz));
    if (offY <= offX && offY <= offZ) {
      return new SurfacePoint(px, pz);
    }
    return new SurfacePoint(offX <= offZ ? pz : px, point.y());
  }

  @Override
  public Vec3 center() {
    return new Vec3(x, height / 2, z);
  }

  @Override
  public double footprint() {
    return Math.sqrt(halfWidth * halfWidth + halfLength * halfLength);
  }
}
