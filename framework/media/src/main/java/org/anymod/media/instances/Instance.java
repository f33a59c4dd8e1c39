package org.anymod.media.instances;

import java.util.List;
import java.util.Optional;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.media.Resampling;
import org.anymod.spi.Value;

/**
 * One instance of a picture.
 *
 * @param box where it is, in pixels
 * @param polygon its outline in pixels
 * @param mask its pixels with its box stretched to {@value #SIDE} x {@value #SIDE}
 * @param tokens the codes of its mask
 */
record Instance(
    Box box, Optional<Polygon> polygon, Optional<BinaryMask> mask, Optional<List<Integer>> tokens) {
  static final int SIDE = 64;
  static final int CODES = 16;
  private static final Value.Raster FULL =
      BinaryMask.of(new Polygon(corners()), SIDE, SIDE).toRaster();

  private static List<Point> corners() {
    return List.of(new Point(0, 0), new Point(SIDE, 0), new Point(SIDE, SIDE), new Point(0, SIDE));
  }

  static Instance of(Polygon polygon) {
    return new Instance(polygon.bounds(), Optional.of(polygon), Optional.empty(), Optional.empty());
  }

  Instance withTokens(Optional<List<Integer>> other) {
    return new Instance(box, polygon, mask, other);
  }

  /** Returns the entry as decoded: its mask instead of its outline. */
  Instance withMask(BinaryMask other) {
    return new Instance(box, Optional.empty(), Optional.of(other), tokens);
  }

  Instance withBox(Box other) {
    return new Instance(other, polygon, mask, tokens);
  }

  Instance scaled(double across, double down) {
    return new Instance(
        box.scaled(across, down),
        polygon.map(outline -> outline.map(p -> new Point(p.x() * across, p.y() * down))),
        mask,
        tokens);
  }

  /** Returns the instance with its numbers moved into a square, against errors of rounding. */
  Instance within(double side) {
    return new Instance(
        box.within(side),
        polygon.map(outline -> outline.map(p -> new Point(clamp(p.x(), side), clamp(p.y(), side)))),
        mask,
        tokens);
  }

  private static double clamp(double value, double side) {
    return Math.min(side, Math.max(0, value));
  }

  /** Returns the pixels with the box stretched to a square, if they are known. */
  Optional<BinaryMask> stretched() {
    return polygon.isPresent() ? polygon.map(this::stretched) : mask;
  }

  private BinaryMask stretched(Polygon outline) {
    Box bounds = outline.bounds();
    if (bounds.area() <= 0) {
      // A line fills the line that is its box.
      return BinaryMask.of(FULL, 0.5);
    }
    return BinaryMask.of(
        outline.map(
            p ->
                new Point(
                    (p.x() - bounds.left()) / bounds.width() * SIDE,
                    (p.y() - bounds.top()) / bounds.height() * SIDE)),
        SIDE,
        SIDE);
  }

  /** Returns the pixels in the picture; where only the box is known, those of the box. */
  BinaryMask placed(int height, int width) {
    if (polygon.isPresent()) {
      return BinaryMask.of(polygon.get(), height, width);
    }
    int left = (int) Math.rint(box.left());
    int top = (int) Math.rint(box.top());
    int across = Math.max(1, (int) Math.rint(box.right()) - left);
    int down = Math.max(1, (int) Math.rint(box.bottom()) - top);
    Value.Raster pixels = mask.map(BinaryMask::toRaster).orElse(FULL);
    return BinaryMask.of(Resampling.BICUBIC.resize(pixels, down, across), 0.5)
        .placed(height, width, top, left);
  }
}
