package org.anymod.media.fields;

import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * The spherical variance of a map of directions, {@code 1 - |mean(n / |n|)|} over all places with a
 * direction: 0 where all are the same, as on a plane that fills the picture, near 1 for directions
 * of all kinds.
 */
public final class DirectionSpread implements FieldLabeler {
  private static final int AXES = 3;

  /** Shorter vectors, as the middle gray of a file gives, mark places without a surface. */
  private static final double SHORTEST = 0.1;

  private final String from;
  private final String field;

  /**
   * Creates a labeler.
   *
   * @param from source of the maps, rasters of shape (3, height, width)
   * @param field field for the variance
   */
  public DirectionSpread(String from, String field) {
    this.from = from;
    this.field = field;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Value.Raster map = ValueTypes.raster(value);
    if (map.channels() != AXES) {
      throw new IllegalArgumentException(
          "the map of directions has " + map.channels() + " channels, must have " + AXES);
    }
    int plane = map.height() * map.width();
    double[] sum = new double[AXES];
    int count = 0;
    for (int i = 0; i < plane; i++) {
      double length = length(map.data()[i], map.data()[plane + i], map.data()[2 * plane + i]);
      if (length >= SHORTEST) {
        count++;
        for (int axis = 0; axis < AXES; axis++) {
          sum[axis] += map.data()[axis * plane + i] / length;
        }
      }
    }
    double variance = count == 0 ? 0 : 1 - length(sum[0], sum[1], sum[2]) / count;
    return Map.of(field, Math.max(0, variance));
  }

  private static double length(double x, double y, double z) {
    return Math.sqrt(x * x + y * y + z * z);
  }
}
