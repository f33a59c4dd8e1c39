package org.anymod.media.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anymod.media.Polygon;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class InstanceMetricTest {
  private static final Metric METRIC = new InstanceMetric(new InstanceFile(1024), 224);

  @Test
  void thePerfectAnswerHasNoErrorAndNothingTheLargest() {
    Value truth = RandomInstances.random(new Random(2), 224);
    assertThat(error(truth, truth)).isZero();
    assertThat(error(value(), truth)).isEqualTo(1);
    assertThat(error(truth, value())).isEqualTo(1);
    assertThat(error(value(), value())).isZero();
    assertThat(METRIC.start().error()).isNaN();
  }

  @Test
  void averagesTheBestOverlapsBothWays() {
    Value truth = value(square(0, 0, 100), square(110, 110, 200));
    Value prediction = value(square(0, 0, 50));
    Metric.Accumulator sum = METRIC.start();
    sum.add(prediction, truth);
    assertThat(sum.figures().get("best_iou_true")).isCloseTo(0.125, within(1e-9));
    assertThat(sum.figures().get("best_iou_predicted")).isCloseTo(0.25, within(1e-9));
    assertThat(sum.error()).isCloseTo(1 - 0.1875, within(1e-9));
    assertThat(sum.figures()).containsEntry("pq", 0.0);
  }

  @Test
  void panopticQualityCountsHitsAndMisses() {
    Value truth = value(square(0, 0, 100), square(110, 110, 200));
    Value prediction = value(square(0, 0, 80), square(150, 10, 200));
    Metric.Accumulator sum = METRIC.start();
    sum.add(prediction, truth);
    assertThat(sum.figures().get("pq")).isCloseTo(0.64 / 2, within(1e-9));
    // One of two predictions hits one of two truths: precision 0.5 up to the recall 0.5.
    assertThat(sum.figures().get("mask_ap50")).isCloseTo(0.5 * 51 / 101, within(1e-9));
    assertThat(sum.figures()).containsEntry("mask_ap75", 0.0);
  }

  @Test
  void theConstantIsTheMostTypicalTruth() {
    List<Value> truths = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      truths.add(value(i == 4 ? square(150, 150, 200) : square(i, i, 100)));
    }
    Value constant = METRIC.constant(truths);
    assertThat(truths.indexOf(constant)).isNotEqualTo(4).isBetween(2, 6);
    assertThat(METRIC.consensus(List.of(truths))).containsExactly(constant);
    assertThatThrownBy(() -> METRIC.constant(List.of())).hasMessageContaining("no truths");
  }

  private static Polygon square(double left, double top, double end) {
    return RandomInstances.polygon(left, top, end, top, end, end, left, end);
  }

  private static Value value(Polygon... polygons) {
    List<Instance> items = new ArrayList<>();
    for (Polygon polygon : polygons) {
      items.add(Instance.of(polygon));
    }
    return InstanceFile.toValue(new Instances(224, 224, items));
  }

  private static double error(Value prediction, Value truth) {
    Metric.Accumulator sum = METRIC.start();
    sum.add(prediction, truth);
    return sum.error();
  }
}
