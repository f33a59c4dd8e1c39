package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a model finds in the pictures: enough of everything, and nothing that could be answered
 * without looking.
 */
class ToyWorldStatisticsTest {
  private static final int SCENES = 200;
  private static final int SIZE = 64;
  private static final int PIXELS = SIZE * SIZE;

  /** The classes of a world without people. */
  private static final int CLASSES = ToyClass.PERSON.ordinal();

  private static List<RenderedScene> scenes;

  @BeforeAll
  static void render() {
    ToyWorld world = new ToyWorld(31, SIZE);
    scenes = IntStream.range(0, SCENES).mapToObj(world::render).toList();
  }

  @Test
  void everyClassCoversAtLeastAThirtiethOfThePixelsAndObjectsAThird() {
    double[] shares = new double[CLASSES];
    for (RenderedScene scene : scenes) {
      for (byte kind : scene.classes()) {
        shares[kind] += 1.0 / PIXELS / SCENES;
      }
    }
    assertThat(Arrays.stream(shares).min().orElseThrow()).isGreaterThan(1 / 30.0);
    double objects = 1 - shares[ToyClass.SKY.ordinal()] - shares[ToyClass.GROUND.ordinal()];
    assertThat(objects).isBetween(0.3, 0.5);
  }

  @Test
  void mostFrequentClassOfEachPixelIsAPoorAnswer() {
    byte[][] truths = scenes.stream().map(RenderedScene::classes).toArray(byte[][]::new);
    long[] intersection = new long[CLASSES];
    long[] union = new long[CLASSES];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      int answer = mostFrequent(truths, pixel);
      for (byte[] truth : truths) {
        union[answer]++;
        if (truth[pixel] == answer) {
          intersection[answer]++;
        } else {
          union[truth[pixel]]++;
        }
      }
    }
    double sum = 0;
    for (int kind = 0; kind < CLASSES; kind++) {
      sum += intersection[kind] / (double) union[kind];
    }
    assertThat(sum / CLASSES).isLessThan(0.3);
  }

  @Test
  void medianDepthOfEachPixelIsAPoorAnswer() {
    float[][] truths = scenes.stream().map(RenderedScene::depth).toArray(float[][]::new);
    double errorOfPixelMedian = 0;
    double errorOfOneMedian = 0;
    double overall = median(truths, 0, PIXELS);
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      double median = median(truths, pixel, pixel + 1);
      for (float[] truth : truths) {
        errorOfPixelMedian += Math.abs(truth[pixel] - median) / PIXELS / SCENES;
        errorOfOneMedian += Math.abs(truth[pixel] - overall) / PIXELS / SCENES;
      }
    }
    assertThat(errorOfPixelMedian).isGreaterThan(0.08);
    assertThat(1 - errorOfPixelMedian / errorOfOneMedian).isLessThan(0.5);
  }

  @Test
  void horizonAndCameraMove() {
    double[] horizons =
        scenes.stream().mapToDouble(s -> s.scene().camera().horizon()).sorted().toArray();
    double[] heights =
        scenes.stream().mapToDouble(s -> s.scene().camera().position().y()).sorted().toArray();
    assertThat(horizons[SCENES * 9 / 10] - horizons[SCENES / 10]).isGreaterThan(0.5);
    assertThat(heights[SCENES * 9 / 10] / heights[SCENES / 10]).isGreaterThan(3);
  }

  @Test
  void spheresAreRedOrOrangeMoreOftenThanBoxes() {
    assertThat(shareOfWarm(ToyClass.SPHERE)).isGreaterThan(2 * shareOfWarm(ToyClass.BOX));
  }

  @Test
  void farPixelsAreCloserToTheColorOfTheHorizon() {
    double near = 0;
    double far = 0;
    int nearCount = 0;
    int farCount = 0;
    for (RenderedScene scene : scenes) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        double depth = scene.hits().depth(pixel);
        if (depth < 5) {
          near += distanceToHorizon(scene, pixel);
          nearCount++;
        } else if (depth > 20 && depth < Double.POSITIVE_INFINITY) {
          far += distanceToHorizon(scene, pixel);
          farCount++;
        }
      }
    }
    assertThat(far / farCount).isLessThan(0.6 * near / nearCount);
  }

  private static double distanceToHorizon(RenderedScene scene, int pixel) {
    double[] light = {
      scene.scene().sky().horizon().x(),
      scene.scene().sky().horizon().y(),
      scene.scene().sky().horizon().z()
    };
    double distance = 0;
    for (int channel = 0; channel < 3; channel++) {
      int horizon = Byte.toUnsignedInt(LinearColor.encode(light[channel]));
      distance += Math.abs(Byte.toUnsignedInt(scene.rgb()[pixel * 3 + channel]) - horizon);
    }
    return distance;
  }

  private static double shareOfWarm(ToyClass kind) {
    List<SceneObject> objects =
        scenes.stream()
            .flatMap(s -> s.scene().objects().stream())
            .filter(o -> o.kind() == kind)
            .toList();
    long warm =
        objects.stream()
            .filter(o -> o.color() == NamedColor.RED || o.color() == NamedColor.ORANGE)
            .count();
    return warm / (double) objects.size();
  }

  private static int mostFrequent(byte[][] truths, int pixel) {
    int[] counts = new int[CLASSES];
    for (byte[] truth : truths) {
      counts[truth[pixel]]++;
    }
    int best = 0;
    for (int kind = 1; kind < CLASSES; kind++) {
      best = counts[kind] > counts[best] ? kind : best;
    }
    return best;
  }

  private static double median(float[][] truths, int from, int to) {
    float[] values = new float[truths.length * (to - from)];
    for (int i = 0; i < truths.length; i++) {
      System.arraycopy(truths[i], from, values, i * (to - from), to - from);
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
