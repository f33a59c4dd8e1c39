package org.anymod.plugins.normal;

import org.anymod.spi.Value;

/** Arithmetic on maps of directions, rasters of shape (3, height, width). */
final class Directions {
  static final int AXES = 3;

  /** Shorter vectors, as the middle gray of a file gives, mark places without a surface. */
  static final double SHORTEST = 0.1;

  private Directions() {}

  /** Returns the length of the vector at a place, a number in row, column order. */
  static double length(Value.Raster map, int place) {
    return Math.sqrt(dot(map, map, place));
  }

  /** Returns the product of the vectors at the same place of two maps of the same size. */
  static double dot(Value.Raster a, Value.Raster b, int place) {
    int plane = a.height() * a.width();
    double sum = 0;
    for (int at = place; at < AXES * plane; at += plane) {
      sum += (double) a.data()[at] * b.data()[at];
    }
    return sum;
  }

  /** Brings all vectors but the shortest to length 1, in place. */
  static void normalise(Value.Raster map) {
    int plane = map.height() * map.width();
    for (int i = 0; i < plane; i++) {
      double length = length(map, i);
      for (int at = i; length >= SHORTEST && at < AXES * plane; at += plane) {
        map.data()[at] = (float) Math.max(-1, Math.min(1, map.data()[at] / length));
      }
    }
  }

  /** Turns all vectors left to right, in place: the mirror image of a surface. */
  static void mirror(Value.Raster map) {
    for (int i = 0; i < map.height() * map.width(); i++) {
      map.data()[i] = -map.data()[i];
    }
  }
}
