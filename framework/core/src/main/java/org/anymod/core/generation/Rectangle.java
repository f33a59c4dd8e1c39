package org.anymod.core.generation;

/**
 * An area of a picture in fractions of its size.
 *
 * @param left left edge, 0 to 1
 * @param top upper edge, 0 to 1
 * @param width width, above 0; the right edge is at most 1
 * @param height height, above 0; the lower edge is at most 1
 */
public record Rectangle(double left, double top, double width, double height) {
  private static final double ROUNDING = 1e-9;

  /** Checks that the area lies in the picture. */
  public Rectangle {
    boolean inside =
        left >= 0
            && top >= 0
            && width > 0
            && height > 0
            && left + width <= 1 + ROUNDING
            && top + height <= 1 + ROUNDING;
    if (!inside) {
      throw new RequestException(
          "the area x=%s, y=%s, width=%s, height=%s is not inside the picture, whose sides are 1"
              .formatted(left, top, width, height));
    }
  }

  /**
   * Returns an area that is given in pixels.
   *
   * @param x left edge
   * @param y upper edge
   * @param width width
   * @param height height
   * @param pictureWidth columns of the picture
   * @param pictureHeight rows of the picture
   * @return the area in fractions
   * @throws RequestException if it is not inside the picture
   */
  public static Rectangle ofPixels(
      double x, double y, double width, double height, int pictureWidth, int pictureHeight) {
    return new Rectangle(
        x / pictureWidth, y / pictureHeight, width / pictureWidth, height / pictureHeight);
  }
}
