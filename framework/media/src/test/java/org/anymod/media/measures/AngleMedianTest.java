package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AngleMedianTest {

  @Test
  void findsTheMiddleOfOddAndEvenNumbers() {
    AngleMedian median = new AngleMedian();
    assertThat(median.degrees()).isNaN();
    median.add(170);
    assertThat(median.degrees()).isEqualTo(170);
    median.add(10);
    assertThat(median.degrees()).isEqualTo(90);
    median.add(11.25);
    assertThat(median.degrees()).isCloseTo(11.25, within(0.005));
    median.add(11.25);
    median.add(180);
    assertThat(median.degrees()).isCloseTo(11.25, within(0.005));
  }
}
