package org.anymod.media.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anymod.media.Box;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class JointMetricTest {
  private static final Metric METRIC = new JointMetric(People.FILE);

  @Test
  void thePerfectAnswerHasNoErrorAndNothingTheLargest() {
    Value truth = People.random(new Random(1), 3, 224);
    Value nobody = HumanFile.toValue(List.of());
    assertThat(error(truth, truth)).isZero();
    assertThat(error(nobody, truth)).isEqualTo(1);
    assertThat(error(truth, nobody)).isEqualTo(1);
    assertThat(error(nobody, nobody)).isZero();
    assertThat(METRIC.start().error()).isNaN();
  }

  @Test
  void pairsPeopleWhateverTheirOrder() {
    Value truth = value(human(0, 0), human(100, 0));
    assertThat(error(value(human(100, 0), human(0, 0)), truth)).isZero();
    assertThat(error(value(human(100, 0)), truth)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void measuresBoxesAndJoints() {
    Metric.Accumulator sum = METRIC.start();
    sum.add(value(human(20, 0)), value(human(0, 0)));
    assertThat(sum.figures().get("box_iou")).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(sum.figures()).containsEntry("joint_distance", 0.0).containsEntry("found", 1.0);
    assertThat(sum.error()).isCloseTo(1.0 / 3, within(1e-12));
    Metric.Accumulator turned = METRIC.start();
    turned.add(value(human(0, Math.PI)), value(human(0, 0)));
    assertThat(turned.figures().get("joint_distance")).isBetween(0.2, 1.0);
    // A body that is only turned as a whole is the same once it is aligned.
    assertThat(turned.figures().get("pa_mpjpe_mm")).isCloseTo(0, within(1e-6));
    assertThat(turned.figures().get("mpjpe_mm"))
        .isCloseTo(1000 * turned.figures().get("joint_distance"), within(1e-9));
    Metric.Accumulator less = METRIC.start();
    less.add(value(human(0, 0.3)), value(human(0, 0)));
    assertThat(less.error()).isPositive().isLessThan(turned.error());
  }

  @Test
  void theConstantIsTheMostTypicalTruth() {
    List<Value> truths = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      truths.add(i == 4 ? value() : value(human(i, 0.1 * i)));
    }
    Value constant = METRIC.constant(truths);
    assertThat(truths.indexOf(constant)).isBetween(3, 6).isNotEqualTo(4);
    assertThat(METRIC.consensus(List.of(truths))).containsExactly(constant);
    assertThatThrownBy(() -> METRIC.constant(List.of())).hasMessageContaining("no truths");
  }

  private static Human human(double left, double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    return new Human(
        new Box(left, 0, left + 40, 40),
        new double[] {1, 0, 0},
        new double[] {c, 0, s, 0, 1, 0, -s, 0, c},
        Optional.empty(),
        new double[Human.SHAPE],
        Optional.empty());
  }

  private static Value value(Human... humans) {
    return HumanFile.toValue(List.of(humans));
  }

  private static double error(Value prediction, Value truth) {
    Metric.Accumulator sum = METRIC.start();
    sum.add(prediction, truth);
    return sum.error();
  }
}
