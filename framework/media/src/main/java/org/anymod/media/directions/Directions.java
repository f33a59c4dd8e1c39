package org.anymod.media.directions;

import org.anymod.media.Cropping;
import org.anymod.media.Resampling;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/** Arithmetic on maps of directions, rasters of shape (3, height, width). */
public final class Directions {
  /** Numbers of a direction. */
  public static final int AXES = 3;

  /** Shorter vectors, as the middle gray of a file gives, mark places without a surface. */
  static final double SHORTEST = 0.1;

  private Directions() {}

  /**
   * Crops a map; mirroring also turns x around.
   *
   * @param map raster of shape (3, height, width) in [-1, 1]
   * @param crop the region
   * @param size side of the square result in pixels
   * @param renormalise whether vectors are brought to length 1 after the change of size, and places
   *     outside the picture have none; else the map is treated as a picture of 8 bits
   * @return raster of shape (3, size, size)
   */
  public static Value.Raster crop(Value.Raster map, Crop crop, int size, boolean renormalise) {
    Value.Raster cropped;
    if (renormalise) {
      Value.Raster resized = Cropping.crop(map, crop, size, Resampling.BICUBIC);
      cropped = new Value.Raster(resized.channels(), size, size, resized.data().clone());
      normalise(cropped);
    } else {
      Value.Raster picture = DirectionCodec.toPicture(map);
      cropped =
          DirectionCodec.fromPicture(Cropping.crop(picture, crop, size, Resampling.BICUBIC_8BIT));
    }
    if (crop.flip()) {
      mirror(cropped);
    }
    return cropped;
  }

  /**
   * Returns the length of a vector.
   *
   * @param map raster of shape (3, height, width)
   * @param place number of its place in row, column order
   * @return not negative
   */
  public static double length(Value.Raster map, int place) {
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

  /**
   * Brings all vectors but the shortest to length 1, in place.
   *
   * @param map raster of shape (3, height, width)
   */
  public static void normalise(Value.Raster map) {
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
