package org.anymod.toyworld.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.anymod.media.Point;
import org.anymod.media.Polygon;

/**
 * Traces the outline of a region of pixels along the pixels' sides. Holes and separate parts are
 * joined to the first corner by paths that go forth and back along whole coordinates, so that one
 * polygon holds the region exactly: the pixels whose middle it contains are those of the region.
 */
final class Outline {
  /** Right, down, left, up: the region lies to the right of the way. */
  private static final int[] STEP_X = {1, 0, -1, 0};

  private static final int[] STEP_Y = {0, 1, 0, -1};

  private final int size;
  private final byte[] ways;

  private Outline(int size, IntPredicate region) {
    this.size = size;
    ways = new byte[(size + 1) * (size + 1)];
    for (int pixel = 0; pixel < size * size; pixel++) {
      if (region.test(pixel)) {
        addSides(pixel % size, pixel / size, region);
      }
    }
  }

  /**
   * Traces a region of a square picture.
   *
   * @param size side of the picture in pixels
   * @param region tells whether a row-major place belongs to the region; at least one does
   * @return the outline in pixels
   */
  static Polygon of(int size, IntPredicate region) {
    Outline outline = new Outline(size, region);
    List<Point> joined = new ArrayList<>();
    for (int corner = 0; corner < outline.ways.length; corner++) {
      while (outline.ways[corner] != 0) {
        List<Point> loop = outline.walk(corner);
        if (joined.isEmpty()) {
          joined.addAll(loop);
        } else {
          join(joined, loop);
        }
      }
    }
    return new Polygon(joined);
  }

  private static void join(List<Point> joined, List<Point> loop) {
    Point start = joined.get(0);
    Point corner = new Point(loop.get(0).x(), start.y());
    joined.add(start);
    joined.add(corner);
    joined.addAll(loop);
    joined.add(loop.get(0));
    joined.add(corner);
  }

  private void addSides(int x, int y, IntPredicate region) {
    if (y == 0 || !region.test((y - 1) * size + x)) {
      add(x, y, 0);
    }
    if (x == size - 1 || !region.test(y * size + x + 1)) {
      add(x + 1, y, 1);
    }
    if (y == size - 1 || !region.test((y + 1) * size + x)) {
      add(x + 1, y + 1, 2);
    }
    if (x == 0 || !region.test(y * size + x - 1)) {
      add(x, y + 1, 3);
    }
  }

  private void add(int x, int y, int way) {
    ways[y * (size + 1) + x] |= (byte) (1 << way);
  }

  /** Follows sides from a corner back to it and keeps the corners at which the way turns. */
  private List<Point> walk(int start) {
    List<Point> loop = new ArrayList<>();
    int x = start % (size + 1);
    int y = start / (size + 1);
    int way = Integer.numberOfTrailingZeros(ways[start]);
    int last = -1;
    do {
      if (way != last) {
        loop.add(new Point(x, y));
      }
      ways[y * (size + 1) + x] &= (byte) ~(1 << way);
      x += STEP_X[way];
      y += STEP_Y[way];
      last = way;
      way = next(ways[y * (size + 1) + x], last);
    } while (way >= 0 && y * (size + 1) + x != start);
    return loop;
  }

  /** Turns right where it can, which keeps pixels that touch at a corner apart; -1 at the end. */
  private static int next(int open, int last) {
    for (int turn : new int[] {1, 0, 3}) {
      int way = (last + turn) % 4;
      if ((open & 1 << way) != 0) {
        return way;
      }
    }
    return -1;
  }
}
