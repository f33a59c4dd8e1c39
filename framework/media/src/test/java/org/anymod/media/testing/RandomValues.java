package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Values drawn from their specification. */
public final class RandomValues {
  private static final int LONGEST_SIDE = 24;
  private static final int FEW_WORDS = 12;
  private static final String[] WORDS = {
    "a", "red", "\"ball\"", "{", "[x]", "on", "grass,", "東京", "😀", "\\n", "null", "1"
  };

  private RandomValues() {}

  /**
   * Draws a value: in round 0 the smallest one at the lower end of its range, in rounds 1 to 3 thin
   * ones and those at the upper end.
   *
   * @param spec anything but documents
   * @param random source of chance
   * @param round number of the round
   * @return the value
   */
  public static Value of(ValueSpec spec, Random random, int round) {
    int height = round == 0 || round == 2 ? 1 : 1 + random.nextInt(LONGEST_SIDE);
    int width = round == 0 || round == 1 ? 1 : 1 + random.nextInt(LONGEST_SIDE);
    return of(spec, random, height, width, round);
  }

  static Value of(ValueSpec spec, Random random, int height, int width, int round) {
    if (spec instanceof ValueSpec.RasterSpec raster) {
      float[] data = new float[raster.channels() * height * width];
      fill(data, random, raster.min(), raster.max(), round);
      return new Value.Raster(raster.channels(), height, width, data);
    }
    if (spec instanceof ValueSpec.VectorsSpec vectors) {
      float[] data = new float[vectors.dim()];
      fill(data, random, vectors.min(), vectors.max(), round);
      return new Value.Vectors(1, vectors.dim(), data);
    }
    if (spec instanceof ValueSpec.ClassMapSpec classes) {
      int count = classes.labels().size();
      int[] data = random.ints((long) height * width, 0, count).toArray();
      data[0] = round % 2 == 0 ? 0 : count - 1;
      return new Value.ClassMap(height, width, data);
    }
    return new Value.Text(text(random, round));
  }

  private static void fill(float[] data, Random random, float min, float max, int round) {
    for (int i = 0; i < data.length; i++) {
      boolean edge = round < 4 || random.nextInt(8) == 0;
      float inside = Math.min(max, Math.max(min, min + random.nextFloat() * (max - min)));
      data[i] = edge ? (round % 2 == 0 ? min : max) : inside;
    }
  }

  /** Draws a text whose words are as strange as a text's words may be. */
  private static String text(Random random, int round) {
    if (round == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
    for (int i = random.nextInt(FEW_WORDS); i > 0; i--) {
      text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  /**
   * Checks that values are of the same shape and their numbers close.
   *
   * @param expected a value
   * @param found another one
   * @param loss largest difference of two numbers; 0 wants the same value
   * @param what what is compared, for messages
   */
  public static void assertClose(Value expected, Value found, double loss, String what) {
    assertThat(found.getClass()).as(what).isEqualTo(expected.getClass());
    if (expected instanceof Value.Raster a && found instanceof Value.Raster b) {
      assertThat(new int[] {b.channels(), b.height(), b.width()})
          .as(what)
          .containsExactly(a.channels(), a.height(), a.width());
      assertThat(distance(a.data(), b.data())).as(what).isLessThanOrEqualTo(loss);
    } else if (expected instanceof Value.Vectors a && found instanceof Value.Vectors b) {
      assertThat(new int[] {b.count(), b.dim()}).as(what).containsExactly(a.count(), a.dim());
      assertThat(distance(a.data(), b.data())).as(what).isLessThanOrEqualTo(loss);
    } else if (expected instanceof Value.ClassMap a && found instanceof Value.ClassMap b) {
      assertThat(new int[] {b.height(), b.width()}).as(what).containsExactly(a.height(), a.width());
      assertThat(b.data()).as(what).containsExactly(a.data());
    } else {
      assertThat(found).as(what).isEqualTo(expected);
    }
  }

  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }
}
