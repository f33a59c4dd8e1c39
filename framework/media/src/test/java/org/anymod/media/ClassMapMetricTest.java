package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;
import org.junit.jupiter.api.Test;

class ClassMapMetricTest {
  private static final List<String> LABELS = List.of("sky", "tree", "car", "void");

  @Test
  void measuresIntersectionOverUnionOfTheWholeSet() {
    Metric.Accumulator sum = metric(OptionalInt.empty()).start();
    sum.add(row(0, 0, 1), row(0, 1, 1));
    sum.add(row(0, 0, 0), row(0, 0, 0));
    Map<String, Double> figures = sum.figures();
    assertThat(figures.keySet())
        .containsExactly("miou_error", "miou", "pixel_accuracy", "iou_sky", "iou_tree");
    assertThat(figures.get("iou_sky")).isCloseTo(4.0 / 5, within(1e-12));
    assertThat(figures.get("iou_tree")).isCloseTo(1.0 / 2, within(1e-12));
    assertThat(figures.get("pixel_accuracy")).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(sum.error()).isCloseTo(1 - 0.65, within(1e-12));
  }

  @Test
  void countsAClassThatIsOnlyPredicted() {
    Metric.Accumulator sum = metric(OptionalInt.empty()).start();
    sum.add(row(0, 2), row(0, 0));
    assertThat(sum.figures().get("miou")).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void skipsPlacesOfTheIgnoredClass() {
    Metric.Accumulator sum = metric(OptionalInt.of(3)).start();
    sum.add(row(0, 1, 3), row(0, 3, 1));
    Map<String, Double> figures = sum.figures();
    assertThat(figures).doesNotContainKey("iou_void");
    assertThat(figures.get("miou")).isCloseTo(0.5, within(1e-12));
    assertThat(figures.get("pixel_accuracy")).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void isPerfectForEqualMapsAndNotANumberForNone() {
    Metric.Accumulator sum = metric(OptionalInt.empty()).start();
    assertThat(sum.error()).isNaN();
    sum.add(row(2, 1), row(2, 1));
    assertThat(sum.error()).isZero();
  }

  @Test
  void constantIsAboutAsGoodAsTheBestOfAllMaps() {
    SplittableRandom random = new SplittableRandom(5);
    double found = 0;
    double bestOfAll = 0;
    for (int round = 0; round < 50; round++) {
      OptionalInt ignored = round % 2 == 0 ? OptionalInt.empty() : OptionalInt.of(3);
      List<Value.ClassMap> truths = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        truths.add(row(random.ints(4, 0, 4).map(c -> c * random.nextInt(2)).toArray()));
      }
      double best = 0;
      for (int code = 0; code < 256; code++) {
        Value.ClassMap map = row(code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6);
        boolean allowed = ignored.isEmpty() || IntStream.of(map.data()).noneMatch(c -> c == 3);
        best = allowed ? Math.max(best, miou(ignored, map, truths)) : best;
      }
      Value.ClassMap constant = row(constant(ignored, truths));
      found += miou(ignored, constant, truths);
      bestOfAll += best;
    }
    assertThat(found).isBetween(0.93 * bestOfAll, bestOfAll);
  }

  @Test
  void constantNeverNamesTheIgnoredClass() {
    List<Value.ClassMap> truths = List.of(row(3, 1), row(3, 1), row(0, 1));
    assertThat(constant(OptionalInt.of(3), truths)).containsExactly(0, 1);
  }

  @Test
  void consensusNamesARareClassWhereItIsLikely() {
    // At the last place the car has two votes of five, which is more than anywhere else.
    List<Value.ClassMap> members =
        List.of(
            row(0, 0, 0, 2), row(0, 0, 0, 0), row(0, 0, 0, 2), row(0, 0, 0, 0), row(0, 0, 0, 0));
    List<Value> answers = metric(OptionalInt.empty()).consensus(List.of(members, members));
    assertThat(answers).hasSize(2);
    for (Value answer : answers) {
      assertThat(((Value.ClassMap) answer).data()).containsExactly(0, 0, 0, 2);
    }
  }

  @Test
  void refusesMapsOfDifferentSize() {
    Metric.Accumulator sum = metric(OptionalInt.empty()).start();
    assertThatThrownBy(() -> sum.add(row(1), row(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the class map is 1 x 1, must be 1 x 2");
  }

  private static double miou(
      OptionalInt ignored, Value.ClassMap answer, List<Value.ClassMap> truths) {
    Metric.Accumulator sum = metric(ignored).start();
    truths.forEach(truth -> sum.add(answer, truth));
    return 1 - sum.error();
  }

  private static int[] constant(OptionalInt ignored, List<Value.ClassMap> truths) {
    return ((Value.ClassMap) metric(ignored).constant(truths)).data();
  }

  private static ClassMapMetric metric(OptionalInt ignored) {
    return new ClassMapMetric(new ClassMapSpec(LABELS, ignored));
  }

  private static Value.ClassMap row(int... classes) {
    return new Value.ClassMap(1, classes.length, classes);
  }
}
