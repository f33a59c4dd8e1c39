package org.anymod.media;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.anymod.spi.Value;

/** A set of pixels of a picture. */
public final class BinaryMask {
  private final int height;
  private final int width;
  private final BitSet bits;

  private BinaryMask(int height, int width, BitSet bits) {
    if (height < 1 || width < 1 || (long) height * width > PictureReader.MAX_PIXELS) {
      throw new IllegalArgumentException(
          "a mask of " + height + " x " + width + " pixels is impossible");
    }
    this.height = height;
    this.width = width;
    this.bits = bits;
  }

  /**
   * Makes a mask without pixels.
   *
   * @param height rows
   * @param width columns
   * @return the mask
   */
  public static BinaryMask empty(int height, int width) {
    return new BinaryMask(height, width, new BitSet());
  }

  /**
   * Fills a polygon: all pixels whose centre is inside. Where it is too thin to hold a centre, the
   * pixels that its outline touches, so that no polygon inside the picture is lost.
   *
   * @param polygon the outline in pixels
   * @param height rows
   * @param width columns
   * @return the mask
   */
  public static BinaryMask of(Polygon polygon, int height, int width) {
    BinaryMask mask = empty(height, width);
    List<Point> points = polygon.points();
    double[] crossings = new double[points.size()];
    Box bounds = polygon.bounds();
    int last = (int) Math.min(height - 1, Math.floor(bounds.bottom()));
    for (int y = (int) Math.max(0, Math.floor(bounds.top())); y <= last; y++) {
      int count = crossings(points, y + 0.5, crossings);
      for (int i = 0; i + 1 < count; i += 2) {
        mask.fillRow(y, crossings[i], crossings[i + 1]);
      }
    }
    if (mask.bits.isEmpty()) {
      mask.outline(points);
    }
    return mask;
  }

  /**
   * Takes the pixels of a raster's first channel that reach a threshold.
   *
   * @param raster the raster
   * @param threshold smallest value that counts
   * @return a mask of the same size
   */
  public static BinaryMask of(Value.Raster raster, double threshold) {
    BinaryMask mask = empty(raster.height(), raster.width());
    for (int i = 0; i < raster.height() * raster.width(); i++) {
      mask.bits.set(i, raster.data()[i] >= threshold);
    }
    return mask;
  }

  /**
   * Returns the number of rows.
   *
   * @return rows
   */
  public int height() {
    return height;
  }

  /**
   * Returns the number of columns.
   *
   * @return columns
   */
  public int width() {
    return width;
  }

  /**
   * Returns whether a pixel is in the mask.
   *
   * @param y row
   * @param x column
   * @return true if it is
   */
  public boolean at(int y, int x) {
    return bits.get(y * width + x);
  }

  /**
   * Returns the number of pixels.
   *
   * @return not negative
   */
  public int count() {
    return bits.cardinality();
  }

  /**
   * Returns a larger mask with this one in it; what does not fit is cut off.
   *
   * @param rows rows of the result
   * @param columns columns of the result
   * @param top row of the result where this mask starts; may be negative
   * @param left column of the result where this mask starts; may be negative
   * @return the mask
   */
  public BinaryMask placed(int rows, int columns, int top, int left) {
    BinaryMask mask = empty(rows, columns);
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      mask.set(top + i / width, left + i % width);
    }
    return mask;
  }

  /**
   * Returns the overlap with another mask: pixels in both over pixels in any.
   *
   * @param other a mask of the same size
   * @return 0 to 1; 1 where both are empty
   */
  public double iou(BinaryMask other) {
    int shared = shared(other);
    int any = count() + other.count() - shared;
    return any == 0 ? 1 : (double) shared / any;
  }

  /**
   * Returns the number of pixels that are in both masks.
   *
   * @param other a mask of the same size
   * @return not negative
   */
  public int shared(BinaryMask other) {
    if (height != other.height || width != other.width) {
      throw new IllegalArgumentException(
          "the masks have "
              + height
              + " x "
              + width
              + " and "
              + other.height
              + " x "
              + other.width
              + " pixels, must have the same size");
    }
    BitSet both = (BitSet) bits.clone();
    both.and(other.bits);
    return both.cardinality();
  }

  /**
   * Returns the mask as numbers.
   *
   * @return raster of shape (1, height, width), 1 in the mask and 0 elsewhere
   */
  public Value.Raster toRaster() {
    float[] data = new float[height * width];
    bits.stream().forEach(i -> data[i] = 1);
    return new Value.Raster(1, height, width, data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryMask mask
        && height == mask.height
        && width == mask.width
        && bits.equals(mask.bits);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + bits.hashCode();
  }

  @Override
  public String toString() {
    return count() + " of " + height + " x " + width + " pixels";
  }

  private static int crossings(List<Point> points, double y, double[] crossings) {
    int count = 0;
    Point from = points.get(points.size() - 1);
    for (Point to : points) {
      if ((from.y() <= y) != (to.y() <= y)) {
        crossings[count++] = Polygon.crossing(from, to, y);
      }
      from = to;
    }
    Arrays.sort(crossings, 0, count);
    return count;
  }

  /** Sets the pixels of a row whose centres are in [from, to). */
  private void fillRow(int y, double from, double to) {
    int first = (int) Math.max(0, Math.ceil(from - 0.5));
    int end = (int) Math.min(width, Math.ceil(to - 0.5));
    if (first < end) {
      bits.set(y * width + first, y * width + end);
    }
  }

  private void outline(List<Point> points) {
    Point from = points.get(points.size() - 1);
    for (Point to : points) {
      double length = Math.max(Math.abs(to.x() - from.x()), Math.abs(to.y() - from.y()));
      int steps = 1 + (int) Math.min(2.0 * (height + width), Math.ceil(length));
      for (int i = 0; i <= steps; i++) {
        double part = (double) i / steps;
        set(
            (int) Math.floor(from.y() + part * (to.y() - from.y())),
            (int) Math.floor(from.x() + part * (to.x() - from.x())));
      }
      from = to;
    }
  }

  private void set(int y, int x) {
    if (y >= 0 && y < height && x >= 0 && x < width) {
      bits.set(y * width + x);
    }
  }
}
