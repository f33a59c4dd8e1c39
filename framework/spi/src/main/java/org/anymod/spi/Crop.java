package org.anymod.spi;

/**
 * A region of a picture, in pixels of the original, and whether to mirror it left to right. Every
 * modality of a sample gets the same one.
 *
 * @param top first row; may be negative, what lies outside the picture is filled with zeros
 * @param left first column; may be negative
 * @param height number of rows
 * @param width number of columns
 * @param flip whether to mirror the result
 * @param originalHeight rows of the original picture
 * @param originalWidth columns of the original picture
 * @param index number among the sample's crops, from 0
 */
public record Crop(
    int top,
    int left,
    int height,
    int width,
    boolean flip,
    int originalHeight,
    int originalWidth,
    int index) {

  /**
   * The first crop of a sample.
   *
   * @param top first row
   * @param left first column
   * @param height number of rows
   * @param width number of columns
   * @param flip whether to mirror the result
   * @param originalHeight rows of the original picture
   * @param originalWidth columns of the original picture
   */
  public Crop(
      int top,
      int left,
      int height,
      int width,
      boolean flip,
      int originalHeight,
      int originalWidth) {
    this(top, left, height, width, flip, originalHeight, originalWidth, 0);
  }

  /** Checks that the sizes are positive. */
  public Crop {
    Checks.notNegative("index", index);
    Checks.positive("height", height);
    Checks.positive("width", width);
    Checks.positive("originalHeight", originalHeight);
    Checks.positive("originalWidth", originalWidth);
  }

  /**
   * Returns the largest centred square, not mirrored.
   *
   * @param height rows of the picture
   * @param width columns of the picture
   * @return the crop
   */
  public static Crop centerSquare(int height, int width) {
    int side = Math.min(height, width);
    return new Crop((height - side) / 2, (width - side) / 2, side, side, false, height, width);
  }

  /**
   * Returns this region as another of the sample's crops.
   *
   * @param number number among the sample's crops, from 0
   * @return the crop
   */
  public Crop at(int number) {
    return new Crop(top, left, height, width, flip, originalHeight, originalWidth, number);
  }

  /**
   * Returns whether this crop is the whole picture, not mirrored.
   *
   * @return true if nothing is cut away
   */
  public boolean isWhole() {
    return top == 0 && left == 0 && height == originalHeight && width == originalWidth && !flip;
  }
}
