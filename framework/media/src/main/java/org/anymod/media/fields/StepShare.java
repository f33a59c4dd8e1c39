package org.anymod.media.fields;

import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * The share of places of a map on a step, where its first channel differs from that of the right or
 * the lower neighbour by more than a given share of the map's own range.
 */
public final class StepShare implements FieldLabeler {
  private final String from;
  private final String field;
  private final double step;

  /**
   * Creates a labeler.
   *
   * @param from source of the maps
   * @param field field for the share
   * @param step smallest step that counts, as a share of the range of the map
   */
  public StepShare(String from, String field, double step) {
    this.from = from;
    this.field = field;
    this.step = step;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Value.Raster map = ValueTypes.raster(value);
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < map.height() * map.width(); i++) {
      min = Math.min(min, map.data()[i]);
      max = Math.max(max, map.data()[i]);
    }
    double least = step * (max - min);
    int edges = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double here = map.at(0, y, x);
        boolean right = x + 1 < map.width() && Math.abs(here - map.at(0, y, x + 1)) > least;
        boolean down = y + 1 < map.height() && Math.abs(here - map.at(0, y + 1, x)) > least;
        edges += right || down ? 1 : 0;
      }
    }
    return Map.of(field, (double) edges / (map.height() * map.width()));
  }
}
