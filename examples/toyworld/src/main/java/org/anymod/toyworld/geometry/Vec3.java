package org.anymod.toyworld.geometry;

/**
 * A point, a direction or a linear colour: three numbers.
 *
 * @param x first component; for colours red
 * @param y second component, upwards; for colours green
 * @param z third component; for colours blue
 */
public record Vec3(double x, double y, double z) {
  /** Straight up. */
  public static final Vec3 UP = new Vec3(0, 1, 0);

  /**
   * Adds.
   *
   * @param other the second summand
   * @return the sum
   */
  public Vec3 plus(Vec3 other) {
    return new Vec3(x + other.x, y + other.y, z + other.z);
  }

  /**
   * Subtracts.
   *
   * @param other what to take away
   * @return the difference
   */
  public Vec3 minus(Vec3 other) {
    return new Vec3(x - other.x, y - other.y, z - other.z);
  }

  /**
   * Scales.
   *
   * @param factor the factor
   * @return the scaled vector
   */
  public Vec3 times(double factor) {
    return new Vec3(x * factor, y * factor, z * factor);
  }

  /**
   * Multiplies component by component, as light with the colour of a surface.
   *
   * @param other the other factor
   * @return the products
   */
  public Vec3 times(Vec3 other) {
    return new Vec3(x * other.x, y * other.y, z * other.z);
  }

  /**
   * Returns the scalar product.
   *
   * @param other the other vector
   * @return the sum of the products of the components
   */
  public double dot(Vec3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  /**
   * Returns the Euclidean length.
   *
   * @return the length, not negative
   */
  public double length() {
    return Math.sqrt(dot(this));
  }

  /**
   * Returns the vector of length 1 in the same direction.
   *
   * @return the unit vector; NaN for the zero vector
   */
  public Vec3 normalized() {
    return times(1 / length());
  }

  /**
   * Interpolates linearly.
   *
   * @param other what to blend in
   * @param share share of {@code other}, 0 to 1
   * @return {@code (1 - share) * this + share * other}
   */
  public Vec3 mix(Vec3 other, double share) {
    return new Vec3(
        x + (other.x - x) * share, y + (other.y - y) * share, z + (other.z - z) * share);
  }
}
