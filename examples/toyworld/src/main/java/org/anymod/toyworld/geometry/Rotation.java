package org.anymod.toyworld.geometry;

/**
 * A rotation as a matrix of three rows.
 *
 * @param x first row
 * @param y second row
 * @param z third row
 */
public record Rotation(Vec3 x, Vec3 y, Vec3 z) {
  /** The rotation that changes nothing. */
  public static final Rotation NONE =
      new Rotation(new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1));

  /**
   * Returns a rotation about the first axis, from the second axis towards the third.
   *
   * @param angle radians
   * @return the rotation
   */
  public static Rotation aboutX(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return new Rotation(new Vec3(1, 0, 0), new Vec3(0, cos, -sin), new Vec3(0, sin, cos));
  }

  /**
   * Returns a rotation about the second axis, from the third axis towards the first.
   *
   * @param angle radians
   * @return the rotation
   */
  public static Rotation aboutY(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return new Rotation(new Vec3(cos, 0, sin), new Vec3(0, 1, 0), new Vec3(-sin, 0, cos));
  }

  /**
   * Returns a rotation about the third axis, from the first axis towards the second.
   *
   * @param angle radians
   * @return the rotation
   */
  public static Rotation aboutZ(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return new Rotation(new Vec3(cos, -sin, 0), new Vec3(sin, cos, 0), new Vec3(0, 0, 1));
  }

  /**
   * Rotates a vector.
   *
   * @param vector any vector
   * @return the matrix times the vector
   */
  public Vec3 apply(Vec3 vector) {
    return new Vec3(x.dot(vector), y.dot(vector), z.dot(vector));
  }

  /**
   * Returns the rotation that does another one first and then this one.
   *
   * @param first what is done first
   * @return the product of the matrices
   */
  public Rotation after(Rotation first) {
    return new Rotation(row(x, first), row(y, first), row(z, first));
  }

  private static Vec3 row(Vec3 row, Rotation first) {
    return first.x.times(row.x()).plus(first.y.times(row.y())).plus(first.z.times(row.z()));
  }
}
