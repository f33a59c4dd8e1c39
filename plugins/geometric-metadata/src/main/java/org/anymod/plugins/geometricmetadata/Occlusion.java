package org.anymod.plugins.geometricmetadata;

import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * Occlusion score of a scene: the share of pixels on an edge of occlusion, where depth differs from
 * that of the right or the lower neighbour by more than a given share of the map's own range.
 */
final class Occlusion implements FieldLabeler {
  static final String FIELD = "occlusion_score";

  private final double step;

  Occlusion(double step) {
    this.step = step;
  }

  @Override
  public String from() {
    return "depth";
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
    return Map.of(FIELD, (double) edges / (map.height() * map.width()));
  }
}
