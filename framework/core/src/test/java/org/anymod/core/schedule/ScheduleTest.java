package org.anymod.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Offset<Double> EXACT = within(1e-15);

  @Test
  void warmUpIncludesBothEnds() {
    for (Schedule schedule :
        new Schedule[] {
          new CosineSchedule(3e-3, 0, 4, 100),
          new InverseRootSchedule(3e-3, 0, 4, 0, 100, 10),
          new ConstantSchedule(3e-3, 0, 4, 0, 100)
        }) {
      assertThat(schedule.at(0)).isZero();
      assertThat(schedule.at(1)).isEqualTo(1e-3, EXACT);
      assertThat(schedule.at(2)).isEqualTo(2e-3, EXACT);
      assertThat(schedule.at(3)).isEqualTo(3e-3, EXACT);
      // The peak stands twice, at the end of the warm-up and as the first of the main part.
      assertThat(schedule.at(4)).isEqualTo(3e-3, EXACT);
    }
    assertThat(new CosineSchedule(1, 0, 1, 10).at(0)).isZero();
    assertThat(new CosineSchedule(1, 0, 0, 10).at(0)).isOne();
  }

  @Test
  void cosineFallsFromPeakToMinimum() {
    CosineSchedule schedule = new CosineSchedule(1.5, 0.5, 10, 110);
    assertThat(schedule.at(35)).isEqualTo(0.5 + (1 + Math.sqrt(0.5)) / 2, EXACT);
    assertThat(schedule.at(60)).isEqualTo(1, EXACT);
    assertThat(schedule.at(85)).isEqualTo(0.5 + (1 - Math.sqrt(0.5)) / 2, EXACT);
    // The last step is one before the minimum, which is never reached within the training.
    assertThat(schedule.at(109)).isEqualTo(0.5 + (1 + Math.cos(Math.PI * 0.99)) / 2, EXACT);
    assertThat(schedule.at(200)).isEqualTo(0.5, EXACT);
  }

  @Test
  void inverseRootFallsToHalfAfterThreeTimescales() {
    InverseRootSchedule schedule = new InverseRootSchedule(2, 0.1, 5, 0, 1000, 100);
    assertThat(schedule.at(5)).isEqualTo(2, EXACT);
    assertThat(schedule.at(105)).isEqualTo(2 / Math.sqrt(2), EXACT);
    assertThat(schedule.at(305)).isEqualTo(1, EXACT);
    assertThat(schedule.at(1505)).isEqualTo(0.5, EXACT);
  }

  @Test
  void coolDownGoesFromTheLastRateToTheMinimum() {
    InverseRootSchedule schedule = new InverseRootSchedule(2, 0.1, 5, 11, 316 + 11, 100);
    double last = 2 / Math.sqrt(410 / 100.0);
    assertThat(schedule.at(315)).isEqualTo(last, EXACT);
    assertThat(schedule.at(316)).isEqualTo(last, EXACT);
    assertThat(schedule.at(321)).isEqualTo((last + 0.1) / 2, EXACT);
    assertThat(schedule.at(326)).isEqualTo(0.1, EXACT);
    ConstantSchedule constant = new ConstantSchedule(2, 1, 0, 3, 10);
    assertThat(constant.at(6)).isEqualTo(2, EXACT);
    assertThat(constant.at(7)).isEqualTo(2, EXACT);
    assertThat(constant.at(8)).isEqualTo(1.5, EXACT);
    assertThat(constant.at(9)).isEqualTo(1, EXACT);
    assertThat(new ConstantSchedule(2, 1, 0, 1, 10).at(9)).isEqualTo(2, EXACT);
  }

  @Test
  void secondPhaseCountsFromItsOwnBeginning() {
    Schedule then = new CosineSchedule(1, 0, 2, 10);
    PhasedSchedule schedule = new PhasedSchedule(0.25, 3, then);
    assertThat(schedule.at(0)).isEqualTo(0.25);
    assertThat(schedule.at(2)).isEqualTo(0.25);
    for (int i = 0; i < 10; i++) {
      assertThat(schedule.at(3 + i)).isEqualTo(then.at(i));
    }
  }
}
