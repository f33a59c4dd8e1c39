package org.anymod.sdk.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.StreamRandom;

/** Values to test with, each a function of a seed: the same seed gives the same values. */
public final class Samples {
  private static final int WAVES = 4;
  private static final List<String> WORDS =
      List.of("a", "the", "small", "red", "ball", "on", "grass", "two", "dogs", "near", "tree");

  private Samples() {}

  /**
   * Makes smooth maps of numbers, in steps that a file with a certain number of bits can hold.
   *
   * @param spec channels and range; the range should be finite
   * @param size side of the square maps
   * @param bits bits of a number in a file; the maps hold {@code 2^bits} even levels of the range
   * @param count number of maps
   * @param seed the seed
   * @return the maps, all different
   */
  public static List<Value> rasters(
      ValueSpec.RasterSpec spec, int size, int bits, int count, long seed) {
    List<Value> rasters = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] data = new float[spec.channels() * size * size];
      for (int c = 0; c < spec.channels(); c++) {
        paint(data, c * size * size, size, StreamRandom.at(seed, "raster", n, c));
      }
      double levels = Math.pow(2, bits) - 1;
      for (int i = 0; i < data.length; i++) {
        double level = Math.rint(data[i] * levels) / levels;
        data[i] = (float) (spec.min() + level * (spec.max() - spec.min()));
      }
      rasters.add(new Value.Raster(spec.channels(), size, size, data));
    }
    return rasters;
  }

  /** A sum of a few waves of low frequency, in [0, 1]. */
  private static void paint(float[] data, int from, int size, StreamRandom random) {
    double[] sums = new double[size * size];
    for (int wave = 0; wave < WAVES; wave++) {
      double across = (random.nextInt(5) - 2) * Math.PI / size;
      double down = (random.nextInt(5) - 2) * Math.PI / size;
      double phase = random.nextDouble() * 2 * Math.PI;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Math.sin(across * (i % size) + down * (i / size) + phase) / WAVES;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      data[from + i] = (float) Math.max(0, Math.min(1, 0.5 + 0.5 * sums[i]));
    }
  }

  /**
   * Makes class maps of a few rectangles.
   *
   * @param classes number of classes
   * @param size side of the square maps
   * @param count number of maps
   * @param seed the seed
   * @return the maps
   */
  public static List<Value> classMaps(int classes, int size, int count, long seed) {
    List<Value> maps = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      StreamRandom random = StreamRandom.at(seed, "class map", n);
      int[] data = new int[size * size];
      for (int rectangle = 0; rectangle < 5; rectangle++) {
        int left = random.nextInt(size);
        int top = random.nextInt(size);
        int right = left + 1 + random.nextInt(size - left);
        int bottom = top + 1 + random.nextInt(size - top);
        int label = random.nextInt(classes);
        for (int y = top; y < bottom; y++) {
          Arrays.fill(data, y * size + left, y * size + right, label);
        }
      }
      maps.add(new Value.ClassMap(size, size, data));
    }
    return maps;
  }

  /**
   * Makes short texts of English words.
   *
   * @param count number of texts
   * @param seed the seed
   * @return the texts, three to eight words each
   */
  public static List<Value> texts(int count, long seed) {
    List<Value> texts = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      StreamRandom random = StreamRandom.at(seed, "text", n);
      List<String> words = new ArrayList<>();
      for (int i = 3 + random.nextInt(6); i > 0; i--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      texts.add(new Value.Text(String.join(" ", words)));
    }
    return texts;
  }

  /**
   * Makes lists of vectors, even in the range.
   *
   * @param spec width and range; each list is as long as it may be
   * @param count number of lists
   * @param seed the seed
   * @return the lists
   */
  public static List<Value> vectors(ValueSpec.VectorsSpec spec, int count, long seed) {
    List<Value> lists = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      StreamRandom random = StreamRandom.at(seed, "vectors", n);
      float[] data = new float[spec.maxCount() * spec.dim()];
      for (int i = 0; i < data.length; i++) {
        data[i] = spec.min() + random.nextFloat() * (spec.max() - spec.min());
      }
      lists.add(new Value.Vectors(spec.maxCount(), spec.dim(), data));
    }
    return lists;
  }
}
