package org.anymod.media;

import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/**
 * Cuts regions out of maps that have far fewer places than their picture has pixels, such as
 * features of a network: the region in proportion, not rounded to places, read off bilinearly.
 */
public final class FeatureCropping {
  private FeatureCropping() {}

  /**
   * Crops a map. Places whose centre lies outside the picture are zero.
   *
   * @param map the map of the whole picture, (channels, rows, columns)
   * @param crop the region in pixels of the picture, and whether to mirror it
   * @return a square map whose side is the shorter one of the given map; equal to it where the map
   *     is a square and nothing is cut away
   */
  public static Value.Raster crop(Value.Raster map, Crop crop) {
    int side = Math.min(map.height(), map.width());
    Line rows = Line.of(map.height(), crop.top(), crop.height(), crop.originalHeight(), side);
    Line columns = Line.of(map.width(), crop.left(), crop.width(), crop.originalWidth(), side);
    float[] out = new float[Math.multiplyExact(map.channels(), side * side)];
    for (int c = 0; c < map.channels(); c++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int source = crop.flip() ? side - 1 - x : x;
          if (rows.inside[y] && columns.inside[source]) {
            out[(c * side + y) * side + x] = read(map, c, rows, y, columns, source);
          }
        }
      }
    }
    return new Value.Raster(map.channels(), side, side, out);
  }

  private static float read(Value.Raster map, int c, Line rows, int y, Line columns, int x) {
    int top = rows.first[y];
    int bottom = Math.min(top + 1, map.height() - 1);
    int left = columns.first[x];
    int right = Math.min(left + 1, map.width() - 1);
    double across = columns.second[x];
    double upper = (1 - across) * map.at(c, top, left) + across * map.at(c, top, right);
    double lower = (1 - across) * map.at(c, bottom, left) + across * map.at(c, bottom, right);
    return (float) ((1 - rows.second[y]) * upper + rows.second[y] * lower);
  }

  /** Where the places of the result lie along one side: between which two, and how near. */
  private record Line(boolean[] inside, int[] first, double[] second) {

    static Line of(int places, int start, int length, int original, int count) {
      Line line = new Line(new boolean[count], new int[count], new double[count]);
      double from = (double) start * places / original;
      double step = (double) length * places / original / count;
      for (int i = 0; i < count; i++) {
        double at = from + (i + 0.5) * step;
        line.inside[i] = at >= 0 && at <= places;
        double between = Math.min(places - 1, Math.max(0, at - 0.5));
        line.first[i] = (int) between;
        line.second[i] = between - line.first[i];
      }
      return line;
    }
  }
}
