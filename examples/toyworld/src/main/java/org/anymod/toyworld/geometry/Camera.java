package org.anymod.toyworld.geometry;

/**
 * A pinhole camera with a square picture that is never tilted sideways.
 *
 * <p>Places in the picture are given as {@code (u, v)}: {@code u} from 0 (left edge) to 1 (right
 * edge), {@code v} from 0 (top edge) to 1 (bottom edge). Angles are in radians.
 */
public final class Camera {
  private final Vec3 position;
  private final double yaw;
  private final double pitch;
  private final double fieldOfView;
  private final double halfExtent;
  private final Vec3 forward;
  private final Vec3 right;
  private final Vec3 up;

  /**
   * Creates a camera.
   *
   * @param position the pinhole, above the ground
   * @param yaw direction over the ground; 0 looks along z, a quarter turn along x
   * @param pitch how far it looks down; negative looks up; between plus and minus a quarter turn
   * @param fieldOfView angle between opposite edges of the picture, more than 0 and less than half
   *     a turn
   * @throws IllegalArgumentException if the camera is under the ground or an angle out of range
   */
  public Camera(Vec3 position, double yaw, double pitch, double fieldOfView) {
    require(position.y() > 0, "height", position.y(), "more than 0");
    require(Math.abs(pitch) < Math.PI / 2, "pitch", pitch, "between -pi/2 and pi/2");
    require(
        fieldOfView > 0 && fieldOfView < Math.PI, "fieldOfView", fieldOfView, "between 0 and pi");
    this.position = position;
    this.yaw = yaw;
    this.pitch = pitch;
    this.fieldOfView = fieldOfView;
    halfExtent = StrictMath.tan(fieldOfView / 2);
    double sinYaw = StrictMath.sin(yaw);
    double cosYaw = StrictMath.cos(yaw);
    double sinPitch = StrictMath.sin(pitch);
    double cosPitch = StrictMath.cos(pitch);
    forward = new Vec3(sinYaw * cosPitch, -sinPitch, cosYaw * cosPitch);
    right = new Vec3(cosYaw, 0, -sinYaw);
    up = new Vec3(sinYaw * sinPitch, cosPitch, cosYaw * sinPitch);
  }

  /**
   * Creates a camera that sees the horizon at a chosen height of its picture.
   *
   * @param position the pinhole, above the ground
   * @param yaw direction over the ground
   * @param fieldOfView angle between opposite edges of the picture
   * @param horizon {@code v} of the horizon; less than 0 looks down so far that no sky is seen
   * @return the camera
   * @throws IllegalArgumentException as the constructor
   */
  public static Camera withHorizon(Vec3 position, double yaw, double fieldOfView, double horizon) {
    double pitch = StrictMath.atan((1 - 2 * horizon) * StrictMath.tan(fieldOfView / 2));
    return new Camera(position, yaw, pitch, fieldOfView);
  }

  /**
   * Returns the ray that forms a place of the picture.
   *
   * @param u place from left to right
   * @param v place from top to bottom
   * @return the ray
   */
  public Ray ray(double u, double v) {
    double a = (2 * u - 1) * halfExtent;
    double b = (1 - 2 * v) * halfExtent;
    return new Ray(position, forward.plus(right.times(a)).plus(up.times(b)).normalized());
  }

  /**
   * Returns the depth of a point: its distance from the plane through the pinhole parallel to the
   * picture.
   *
   * @param point any point
   * @return metres along the optical axis; negative behind the camera
   */
  public double depth(Vec3 point) {
    return point.minus(position).dot(forward);
  }

  /**
   * Returns where a point is seen.
   *
   * @param point a point in front of the camera
   * @return the place from left to right, the place from top to bottom, and the depth in metres;
   *     places outside 0 to 1 are beside the picture
   */
  public Vec3 project(Vec3 point) {
    double depth = depth(point);
    Vec3 away = point.minus(position);
    double u = (1 + away.dot(right) / (depth * halfExtent)) / 2;
    double v = (1 - away.dot(up) / (depth * halfExtent)) / 2;
    return new Vec3(u, v, depth);
  }

  /**
   * Returns the {@code v} at which the horizon is seen.
   *
   * @return the place; outside 0 to 1 if the horizon is not in the picture
   */
  public double horizon() {
    return (1 - StrictMath.tan(pitch) / halfExtent) / 2;
  }

  /**
   * Returns the pinhole.
   *
   * @return the position
   */
  public Vec3 position() {
    return position;
  }

  /**
   * Returns the direction over the ground.
   *
   * @return the angle in radians
   */
  public double yaw() {
    return yaw;
  }

  /**
   * Returns how far the camera looks down.
   *
   * @return the angle in radians
   */
  public double pitch() {
    return pitch;
  }

  /**
   * Returns the angle between opposite edges of the picture.
   *
   * @return the angle in radians
   */
  public double fieldOfView() {
    return fieldOfView;
  }

  /**
   * Returns half the side of the picture plane at distance 1.
   *
   * @return the tangent of half the field of view
   */
  public double halfExtent() {
    return halfExtent;
  }

  /**
   * Returns the optical axis.
   *
   * @return a unit vector
   */
  public Vec3 forward() {
    return forward;
  }

  /**
   * Returns the direction in which {@code u} grows.
   *
   * @return a unit vector
   */
  public Vec3 right() {
    return right;
  }

  /**
   * Returns the direction in which {@code v} falls.
   *
   * @return a unit vector
   */
  public Vec3 up() {
    return up;
  }

  private static void require(boolean fits, String name, double found, String allowed) {
    if (!fits) {
      throw new IllegalArgumentException(name + " is " + found + ", must be " + allowed);
    }
  }
}
