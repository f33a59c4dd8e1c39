package org.anymod.media.colors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Value;

/**
 * The palettes of one picture, by their number of colours.
 *
 * @param bySize k to k colours, 1 to {@value #MAX_COLORS}; a colour is red, green, blue, 0 to 255
 */
record Palettes(SortedMap<Integer, List<double[]>> bySize) {
  static final int MAX_COLORS = 7;
  static final int CHANNELS = 3;
  static final double MAX_LEVEL = 255;

  /** Reads a document that fits {@link PaletteSpec}. */
  static Palettes of(Value value) {
    List<?> list = (List<?>) ValueTypes.structured(value).tree();
    SortedMap<Integer, List<double[]>> bySize = new TreeMap<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) list.get(0)).entrySet()) {
      List<double[]> colors = new ArrayList<>();
      for (Object color : (List<?>) entry.getValue()) {
        colors.add(
            ((List<?>) color).stream().mapToDouble(c -> ((Number) c).doubleValue()).toArray());
      }
      bySize.put(Integer.valueOf((String) entry.getKey()), colors);
    }
    return new Palettes(bySize);
  }

  /** Returns the document of one palette that a person chose, colours as {@code 0xRRGGBB}. */
  static Value chosen(List<Integer> colors) {
    List<double[]> levels = new ArrayList<>();
    for (int color : colors) {
      levels.add(new double[] {color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF});
    }
    return new Palettes(new TreeMap<>(Map.of(colors.size(), levels))).toValue();
  }

  /** Returns the largest palette, without colours if there is none. */
  List<double[]> largest() {
    return bySize.isEmpty() ? List.of() : bySize.get(bySize.lastKey());
  }

  /** Returns the document, levels rounded to whole numbers. */
  Value toValue() {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<Integer, List<double[]>> entry : bySize.entrySet()) {
      List<List<Long>> colors = new ArrayList<>();
      for (double[] color : entry.getValue()) {
        colors.add(List.of(level(color[0]), level(color[1]), level(color[2])));
      }
      object.put(entry.getKey().toString(), colors);
    }
    return new Value.Structured(List.of(object));
  }

  private static long level(double value) {
    return (long) Math.rint(Math.min(MAX_LEVEL, Math.max(0, value)));
  }
}
