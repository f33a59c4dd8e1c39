package org.anymod.media.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.Box;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class BoxMetricTest {
  private static final Metric METRIC =
      new BoxMetric(
          new LabelledBoxes(
              "boxes", BoxSequenceTest.config(0.6, BoxRules.Order.DISTANCE, OptionalInt.empty())));

  @Test
  void thePerfectAnswerHasNoErrorAndNothingTheLargest() {
    Value truth = value(box(0, "cat", 1), box(0.5, "dog", 1));
    assertThat(error(truth, truth)).isZero();
    assertThat(error(value(), truth)).isEqualTo(1);
    assertThat(error(value(), value())).isZero();
    assertThat(error(truth, value())).isEqualTo(1);
    assertThat(METRIC.start().error()).isNaN();
    assertThat(METRIC.start().figures()).containsOnlyKeys("ap_error", "ap", "ap50", "ap75");
  }

  @Test
  void averagesPrecisionOverRecallsAsCocoDoes() {
    // Hits at scores 0.9 and 0.7, a miss at 0.8, three truths: precision 1 up to recall 1/3 (34
    // of 101 points), 2/3 up to recall 2/3 (33 points), 0 beyond.
    AveragePrecision precision = new AveragePrecision();
    precision.add(
        List.of(box(0, "cat", 0.9), box(0.4, "cat", 0.8), box(0.2, "cat", 0.7)),
        List.of(box(0, "cat", 1), box(0.2, "cat", 1), box(0.8, "cat", 1)));
    assertThat(precision.at(0.5)).isCloseTo((34 + 33 * 2 / 3.0) / 101, within(1e-12));
  }

  @Test
  void aTrueBoxIsHitOnlyOnceAndOnlyByItsClass() {
    AveragePrecision precision = new AveragePrecision();
    precision.add(
        List.of(box(0, "cat", 0.9), box(0, "cat", 0.8), box(0.5, "dog", 0.7)),
        List.of(box(0, "cat", 1), box(0.5, "cat", 1)));
    assertThat(precision.at(0.5)).isCloseTo(51.0 / 101, within(1e-12));
  }

  @Test
  void equalScoresCountAsOneStepWhateverTheirOrder() {
    List<LabelledBox> predicted =
        new ArrayList<>(List.of(box(0, "cat", 1), box(0.3, "cat", 1), box(0.6, "cat", 1)));
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(predicted, new Random(round));
      AveragePrecision precision = new AveragePrecision();
      precision.add(predicted, List.of(box(0, "cat", 1)));
      assertThat(precision.at(0.5)).isCloseTo(1.0 / 3, within(1e-12));
    }
  }

  @Test
  void looserBoxesFailAtHigherOverlaps() {
    Metric.Accumulator sum = METRIC.start();
    LabelledBox truth = new LabelledBox(new Box(0, 0, 0.5, 0.5), "cat", 1);
    sum.add(value(truth.with(new Box(0, 0, 0.5, 0.36))), value(truth));
    assertThat(sum.figures()).containsEntry("ap50", 1.0).containsEntry("ap75", 0.0);
    assertThat(sum.error()).as("overlap 0.72: five of ten").isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theConstantHoldsWhatManyTruthsShare() {
    List<Value> truths = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      truths.add(i < 8 ? value(box(0.01 * i / 8, "cat", 1)) : value(box(0.7, "dog", 1)));
    }
    List<LabelledBox> constant = BoxSequenceTest.boxes(METRIC.constant(truths));
    assertThat(constant).hasSize(2);
    assertThat(constant.get(0).label()).isEqualTo("cat");
    assertThat(constant.get(0).score()).isCloseTo(0.8, within(1e-12));
    assertThat(total(METRIC.constant(truths), truths)).isLessThan(total(truths.get(9), truths));
    assertThatThrownBy(() -> METRIC.constant(List.of())).hasMessageContaining("no truths");
  }

  @Test
  void severalPredictionsGiveScores() {
    List<List<Value>> ensembles =
        List.of(
            List.of(
                value(box(0, "cat", 1)),
                value(box(0, "cat", 1), box(0.5, "dog", 1)),
                value(box(0, "cat", 1)),
                value()));
    List<LabelledBox> answer = BoxSequenceTest.boxes(METRIC.consensus(ensembles).get(0));
    assertThat(answer).extracting(LabelledBox::label).containsExactly("cat", "dog");
    assertThat(answer).extracting(LabelledBox::score).containsExactly(0.75, 0.25);
  }

  private static double total(Value answer, List<Value> truths) {
    Metric.Accumulator sum = METRIC.start();
    truths.forEach(truth -> sum.add(answer, truth));
    return sum.error();
  }

  private static double error(Value prediction, Value truth) {
    Metric.Accumulator sum = METRIC.start();
    sum.add(prediction, truth);
    return sum.error();
  }

  private static LabelledBox box(double left, String label, double score) {
    return new LabelledBox(new Box(left, 0.1, left + 0.2, 0.4), label, score);
  }

  private static Value value(LabelledBox... detections) {
    return LabelledBoxes.toValue(List.of(detections));
  }
}
