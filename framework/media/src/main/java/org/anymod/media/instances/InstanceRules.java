package org.anymod.media.instances;

import org.anymod.media.NumberWord;

/**
 * How instances are told.
 *
 * @param imageSize side of a crop in the unit of the coordinates that are told; independent of the
 *     resolution of pictures; 8 to 999
 * @param points number of query points, or of rows and of columns of a grid of them; 1 to 32
 * @param pointOrder where the query points are
 * @param minArea smallest part of a crop that the box around an instance must have, 0 to 1
 * @param vocabulary number of different codes of a mask, 2 to 1024
 * @param publishedMasks whether decoded masks that fill their box are left out, as the reference
 *     system does
 */
public record InstanceRules(
    int imageSize,
    int points,
    PointOrder pointOrder,
    double minArea,
    int vocabulary,
    boolean publishedMasks) {

  /** Where query points are. */
  public enum PointOrder {
    /** At random places, drawn anew each time. */
    RANDOM,
    /** On a regular grid. */
    GRID
  }

  /** Checks the ranges. */
  public InstanceRules {
    require("image_size", imageSize, 8, NumberWord.BINS - 1);
    require("points", points, 1, 32);
    require("min_area", minArea, 0, 1);
    require("vocabulary", vocabulary, 2, NumberWord.CODES);
  }

  private static void require(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be in [" + min + ", " + max + "]");
    }
  }
}
