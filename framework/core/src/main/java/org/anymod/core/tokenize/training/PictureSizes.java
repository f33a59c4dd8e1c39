package org.anymod.core.tokenize.training;

import java.util.List;
import org.anymod.media.Resampling;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Sizes of the pictures of each training step, a function of seed and step.
 *
 * @param sizes sides in pixels, smallest first
 * @param seed seed of the run
 * @param key model key
 */
record PictureSizes(List<Integer> sizes, long seed, String key) {

  /** Side of the pictures that values are loaded at. */
  int largest() {
    return sizes.get(sizes.size() - 1);
  }

  /** Side of the pictures of a step. */
  int at(long step) {
    return sizes.size() == 1
        ? sizes.get(0)
        : sizes.get(StreamRandom.at(seed, "tokenizer size " + key, step).nextInt(sizes.size()));
  }

  /** Makes a value as large as a step wants it, where steps differ; as it is where they do not. */
  Value fitted(Value value, int side) {
    return sizes.size() == 1 ? value : resized(value, side);
  }

  /**
   * Makes a value as large as a step wants it: numbers bilinear without antialiasing, classes by
   * the nearest one, as the published training does.
   */
  static Value resized(Value value, int side) {
    if (value instanceof Value.Raster raster && raster.height() != side) {
      return bilinear(raster, side);
    }
    if (value instanceof Value.ClassMap map && map.height() != side) {
      return Resampling.resize(map, side, side);
    }
    return value;
  }

  /** Pixel centres correspond; beyond the border lies the border. */
  private static Value.Raster bilinear(Value.Raster source, int side) {
    float[] out = new float[source.channels() * side * side];
    int[] rows = new int[side];
    float[] down = places(source.height(), side, rows);
    int[] columns = new int[side];
    float[] right = places(source.width(), side, columns);
    int at = 0;
    for (int c = 0; c < source.channels(); c++) {
      for (int y = 0; y < side; y++) {
        int y1 = Math.min(rows[y] + 1, source.height() - 1);
        for (int x = 0; x < side; x++) {
          int x1 = Math.min(columns[x] + 1, source.width() - 1);
          float top = mix(source.at(c, rows[y], columns[x]), source.at(c, rows[y], x1), right[x]);
          float bottom = mix(source.at(c, y1, columns[x]), source.at(c, y1, x1), right[x]);
          out[at++] = mix(top, bottom, down[y]);
        }
      }
    }
    return new Value.Raster(source.channels(), side, side, out);
  }

  private static float mix(float a, float b, float part) {
    return a + (b - a) * part;
  }

  /** First source pixel of each place, and how far the place lies towards the next one. */
  private static float[] places(int from, int to, int[] first) {
    float[] parts = new float[to];
    for (int i = 0; i < to; i++) {
      double place = Math.max(0, (i + 0.5) * from / to - 0.5);
      first[i] = Math.min((int) place, from - 1);
      parts[i] = (float) (place - first[i]);
    }
    return parts;
  }
}
