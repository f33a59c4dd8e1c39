package org.anymod.media;

import org.anymod.spi.Crop;

/**
 * A rectangle whose sides are parallel to those of the picture, in any unit.
 *
 * @param left smallest x
 * @param top smallest y
 * @param right largest x, at least {@code left}
 * @param bottom largest y, at least {@code top}
 */
public record Box(double left, double top, double right, double bottom) {

  /** Checks that the sides are in order. */
  public Box {
    if (!(left <= right && top <= bottom)) {
      throw new IllegalArgumentException(
          "box from ("
              + left
              + ", "
              + top
              + ") to ("
              + right
              + ", "
              + bottom
              + ") is impossible, must be left <= right and top <= bottom");
    }
  }

  /**
   * Returns the extent along x.
   *
   * @return not negative
   */
  public double width() {
    return right - left;
  }

  /**
   * Returns the extent along y.
   *
   * @return not negative
   */
  public double height() {
    return bottom - top;
  }

  /**
   * Returns the area.
   *
   * @return not negative
   */
  public double area() {
    return width() * height();
  }

  /**
   * Returns the overlap with another box: area of the intersection over area of the union.
   *
   * @param other another box
   * @return 0 to 1; 0 where both are empty, unless they are equal
   */
  public double iou(Box other) {
    if (equals(other)) {
      return 1;
    }
    double across = Math.min(right, other.right) - Math.max(left, other.left);
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    double shared = across * down;
    return shared / (area() + other.area() - shared);
  }

  /**
   * Returns the nearest box inside the square from 0 to a side.
   *
   * @param side side of the square
   * @return the box; it has no area if this one lies outside
   */
  public Box within(double side) {
    return new Box(clamp(left, side), clamp(top, side), clamp(right, side), clamp(bottom, side));
  }

  /**
   * Returns this box with all numbers multiplied.
   *
   * @param across factor along x, not negative
   * @param down factor along y, not negative
   * @return the box
   */
  public Box scaled(double across, double down) {
    return new Box(left * across, top * down, right * across, bottom * down);
  }

  /**
   * Returns where a box of the original picture is in a crop.
   *
   * @param crop the region
   * @param side side of the square result
   * @return the box, mirrored if the crop is; may lie outside the result
   */
  public Box into(Crop crop, double side) {
    Point first = new Point(left, top).into(crop, side);
    Point second = new Point(right, bottom).into(crop, side);
    return new Box(
        Math.min(first.x(), second.x()), first.y(), Math.max(first.x(), second.x()), second.y());
  }

  private static double clamp(double value, double side) {
    return Math.min(side, Math.max(0, value));
  }
}
