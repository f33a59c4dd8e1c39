package org.anymod.toyworld.geometry;

import java.util.List;

/** A body of limbs, such as a person: the union of capsules. */
public final class Figure implements Solid {
  private final List<Capsule> limbs;
  private final Vec3 center;
  private final double footprint;
  private final double height;
  private final double reach;

  /**
   * Creates a figure.
   *
   * @param limbs at least one
   * @throws IllegalArgumentException if there is no limb
   */
  public Figure(List<Capsule> limbs) {
    if (limbs.isEmpty()) {
      throw new IllegalArgumentException("limbs is empty, a figure must have at least 1");
    }
    this.limbs = List.copyOf(limbs);
    Vec3 low = extreme(-1);
    Vec3 high = extreme(1);
    height = high.y();
    center = new Vec3((low.x() + high.x()) / 2, height / 2, (low.z() + high.z()) / 2);
    double widest = 0;
    double farthest = 0;
    for (Capsule limb : limbs) {
      for (Vec3 end : List.of(limb.from(), limb.to())) {
        Vec3 away = end.minus(center);
        widest =
            Math.max(widest, Math.sqrt(away.x() * away.x() + away.z() * away.z()) + limb.radius());
        farthest = Math.max(farthest, away.length() + limb.radius());
      }
    }
    footprint = widest;
    reach = farthest;
  }

  private Vec3 extreme(int sign) {
    double x = Double.NEGATIVE_INFINITY;
    double y = x;
    double z = x;
    for (Capsule limb : limbs) {
      x = Math.max(x, Math.max(sign * limb.from().x(), sign * limb.to().x()) + limb.radius());
      y = Math.max(y, Math.max(sign * limb.from().y(), sign * limb.to().y()) + limb.radius());
      z = Math.max(z, Math.max(sign * limb.from().z(), sign * limb.to().z()) + limb.radius());
    }
    return new Vec3(sign * x, sign * y, sign * z);
  }

  /**
   * Returns the parts of the body.
   *
   * @return capsules in the order given
   */
  public List<Capsule> limbs() {
    return limbs;
  }

  /**
   * Returns the limb whose surface is nearest to a point.
   *
   * @param point a point on the surface
   * @return place in {@link #limbs()}
   */
  public int limb(Vec3 point) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < limbs.size(); i++) {
      double gap = Math.abs(limbs.get(i).gap(point));
      if (gap < least) {
        least = gap;
        nearest = i;
      }
    }
    return nearest;
  }

  @Override
  public double distance(Ray ray) {
    double nearest = Double.POSITIVE_INFINITY;
    if (passes(ray)) {
      for (Capsule limb : limbs) {
        nearest = Math.min(nearest, limb.distance(ray));
      }
    }
    return nearest;
  }

  /** Returns whether a ray meets the sphere around the figure, which spares most rays the limbs. */
  private boolean passes(Ray ray) {
    Vec3 toCenter = center.minus(ray.origin());
    double along = toCenter.dot(ray.direction());
    double distance2 = toCenter.dot(toCenter);
    return distance2 - along * along <= reach * reach && (along > 0 || distance2 <= reach * reach);
  }

  @Override
  public Vec3 normal(Vec3 point) {
    return limbs.get(limb(point)).fromAxis(point).normalized();
  }

  @Override
  public SurfacePoint unroll(Vec3 point) {
    return new SurfacePoint(point.x() - center.x() + point.z() - center.z(), point.y());
  }

  @Override
  public Vec3 center() {
    return center;
  }

  @Override
  public double footprint() {
    return footprint;
  }

  @Override
  public double height() {
    return height;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figure that && limbs.equals(that.limbs);
  }

  @Override
  public int hashCode() {
    return limbs.hashCode();
  }
}
