package org.anymod.media;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A closed outline. Places are inside where a ray crosses the outline an odd number of times.
 *
 * @param points the corners in order, at least one; the last is joined to the first
 */
public record Polygon(List<Point> points) {

  /** Checks that there are points. */
  public Polygon {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("the polygon has no points, must have at least one");
    }
  }

  /**
   * Returns the smallest box around all points.
   *
   * @return the box
   */
  public Box bounds() {
    Point first = points.get(0);
    double left = first.x();
    double right = left;
    double top = first.y();
    double bottom = top;
    for (Point point : points) {
      left = Math.min(left, point.x());
      right = Math.max(right, point.x());
      top = Math.min(top, point.y());
      bottom = Math.max(bottom, point.y());
    }
    return new Box(left, top, right, bottom);
  }

  /**
   * Returns the area by the shoelace formula; right for outlines that do not cross themselves.
   *
   * @return not negative
   */
  public double area() {
    double twice = 0;
    Point from = points.get(points.size() - 1);
    for (Point to : points) {
      twice += from.x() * to.y() - to.x() * from.y();
      from = to;
    }
    return Math.abs(twice) / 2;
  }

  /**
   * Returns whether a place is inside or on the outline.
   *
   * @param x to the right
   * @param y down
   * @return true also for places on the outline
   */
  public boolean contains(double x, double y) {
    boolean inside = false;
    Point from = points.get(points.size() - 1);
    for (Point to : points) {
      if (isBetween(from, to, x, y)) {
        return true;
      }
      if ((from.y() <= y) != (to.y() <= y) && x < crossing(from, to, y)) {
        inside = !inside;
      }
      from = to;
    }
    return inside;
  }

  /**
   * Returns the polygon with each point moved.
   *
   * @param move where a point goes
   * @return the polygon
   */
  public Polygon map(UnaryOperator<Point> move) {
    return new Polygon(points.stream().map(move).toList());
  }

  /**
   * Returns the part inside a box.
   *
   * <p>Source: I. Sutherland, G. Hodgman, "Reentrant polygon clipping", 1974. Parts that the box
   * separates stay joined along its sides.
   *
   * @param box the box
   * @return the corners of the part, none if nothing is inside
   */
  public List<Point> clip(Box box) {
    List<Point> kept = points;
    for (Side side : Side.values()) {
      kept = clip(kept, side, box);
    }
    return kept;
  }

  /** Returns x where the line through two points of different height has the height y. */
  static double crossing(Point from, Point to, double y) {
    return from.x() + (y - from.y()) / (to.y() - from.y()) * (to.x() - from.x());
  }

  private static boolean isBetween(Point from, Point to, double x, double y) {
    double cross = (to.x() - from.x()) * (y - from.y()) - (to.y() - from.y()) * (x - from.x());
    return cross == 0
        && Math.min(from.x(), to.x()) <= x
        && x <= Math.max(from.x(), to.x())
        && Math.min(from.y(), to.y()) <= y
        && y <= Math.max(from.y(), to.y());
  }

  private static List<Point> clip(List<Point> points, Side side, Box box) {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point from = points.get(i == 0 ? points.size() - 1 : i - 1);
      Point to = points.get(i);
      double before = side.inside(from, box);
      double after = side.inside(to, box);
      if ((before < 0) != (after < 0)) {
        double part = before / (before - after);
        kept.add(
            new Point(
                from.x() + part * (to.x() - from.x()), from.y() + part * (to.y() - from.y())));
      }
      if (after >= 0) {
        kept.add(to);
      }
    }
    return kept;
  }

  /** The sides of a box. */
  private enum Side {
    LEFT,
    TOP,
    RIGHT,
    BOTTOM;

    /** Returns how far a point is on the inner side. */
    double inside(Point point, Box box) {
      return switch (this) {
        case LEFT -> point.x() - box.left();
        case TOP -> point.y() - box.top();
        case RIGHT -> box.right() - point.x();
        case BOTTOM -> box.bottom() - point.y();
      };
    }
  }
}
