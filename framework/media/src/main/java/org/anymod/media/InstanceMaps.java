package org.anymod.media;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.spi.Value;

/** Maps that say which instance each pixel belongs to. */
public final class InstanceMaps {
  private InstanceMaps() {}

  /**
   * Paints polygons into one map. The larger ones come first, so that small ones in front of them
   * stay visible.
   *
   * @param polygons outlines in pixels of the result
   * @param height rows
   * @param width columns
   * @return map of shape (height, width): 0 where there is no instance, i + 1 on polygon i
   */
  public static Value.ClassMap of(List<Polygon> polygons, int height, int width) {
    return ofMasks(
        polygons.stream().map(polygon -> BinaryMask.of(polygon, height, width)).toList(),
        height,
        width);
  }

  /**
   * Paints masks into one map, the larger ones first.
   *
   * @param masks masks of shape (height, width)
   * @param height rows
   * @param width columns
   * @return map of shape (height, width): 0 where there is no instance, i + 1 on mask i
   */
  public static Value.ClassMap ofMasks(List<BinaryMask> masks, int height, int width) {
    int[] data = new int[Math.multiplyExact(height, width)];
    int[] sizes = masks.stream().mapToInt(BinaryMask::count).toArray();
    List<Integer> order =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -sizes[i]))
            .toList();
    for (int i : order) {
      BinaryMask mask = masks.get(i);
      for (int place = 0; place < data.length; place++) {
        if (mask.at(place / width, place % width)) {
          data[place] = i + 1;
        }
      }
    }
    return new Value.ClassMap(height, width, data);
  }
}
