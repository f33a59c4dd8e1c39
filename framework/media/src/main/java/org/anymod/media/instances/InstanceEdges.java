package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.media.InstanceMaps;
import org.anymod.media.JsonPlace;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.media.ValueTypes;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/**
 * Finds edges between instances: their polygons are painted into one map, small ones in front, and
 * a pixel is an edge where its instance differs from that of the right or the lower neighbour.
 *
 * <p>Documents of a whole picture give edges of the whole picture. Of documents that hold the
 * instances of crops one by one each crop has edges of its own, at the size of its coordinates.
 */
public final class InstanceEdges implements Labeler {
  private static final int MAX_SIDE = 1 << 14;
  private static final int MAX_ITEMS = 1 << 20;
  private static final double FARTHEST = 1e6;

  private final String from;

  /**
   * Creates a labeler.
   *
   * @param from source of the instances
   */
  public InstanceEdges(String from) {
    this.from = from;
  }

  @Override
  public List<String> from() {
    return List.of(from);
  }

  /** True where the document holds crops, which are cut and mirrored already. */
  @Override
  public boolean onCrop(Map<String, Value> inputs) {
    return InstanceFile.hasCrops(inputs.get(from));
  }

  /**
   * Draws the edges.
   *
   * @return raster of shape (1, height, width), 1 on edges and 0 elsewhere
   */
  @Override
  public Value label(Map<String, Value> inputs) {
    JsonPlace top = JsonPlace.top(ValueTypes.structured(inputs.get(from)).tree());
    try {
      if (top.find("crops").isPresent()) {
        throw new InvalidDataException(
            "the document holds the instances of crops, edges need those of the whole picture");
      }
      int width = top.get("width").whole(1, MAX_SIDE);
      int height = top.get("height").whole(1, MAX_SIDE);
      return edges(InstanceMaps.of(polygons(top), height, width));
    } catch (InvalidDataException e) {
      throw new IllegalArgumentException(from + ": " + e.getMessage(), e);
    }
  }

  private static List<Polygon> polygons(JsonPlace place) throws InvalidDataException {
    List<Polygon> polygons = new ArrayList<>();
    for (JsonPlace instance : place.get("instances").items(0, MAX_ITEMS)) {
      List<Point> points = new ArrayList<>();
      for (JsonPlace point : instance.get("polygon").items(1, MAX_ITEMS)) {
        double[] numbers = point.numbers(2, -FARTHEST, FARTHEST);
        points.add(new Point(numbers[0], numbers[1]));
      }
      polygons.add(new Polygon(points));
    }
    return polygons;
  }

  static Value.Raster edges(Value.ClassMap map) {
    float[] data = new float[map.height() * map.width()];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int here = map.at(y, x);
        boolean right = x + 1 < map.width() && map.at(y, x + 1) != here;
        boolean down = y + 1 < map.height() && map.at(y + 1, x) != here;
        data[y * map.width() + x] = right || down ? 1 : 0;
      }
    }
    return new Value.Raster(1, map.height(), map.width(), data);
  }
}
