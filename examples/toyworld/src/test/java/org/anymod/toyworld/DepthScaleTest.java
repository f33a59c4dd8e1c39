package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DepthScaleTest {

  @Test
  void growsWithDepthUpToTheSky() {
    double last = -1;
    for (double metres = 0; metres < 1000; metres += 0.5) {
      assertThat(DepthScale.fromMetres(metres)).isGreaterThan(last).isLessThan(1);
      last = DepthScale.fromMetres(metres);
    }
    assertThat(DepthScale.fromMetres(0)).isZero();
    assertThat(DepthScale.fromMetres(5)).isEqualTo(0.5);
    assertThat(DepthScale.fromMetres(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void canBeUndone() {
    for (double metres = 0.1; metres < 1000; metres *= 1.3) {
      double back = DepthScale.toMetres(DepthScale.fromMetres(metres));
      assertThat(back).isCloseTo(metres, within(1e-9 * metres * metres + 1e-9));
    }
    assertThat(DepthScale.toMetres(1)).isInfinite();
  }

  @Test
  void usesAllSixteenBits() {
    assertThat(Short.toUnsignedInt(DepthScale.toUnsignedShort(0))).isZero();
    assertThat(Short.toUnsignedInt(DepthScale.toUnsignedShort(Double.POSITIVE_INFINITY)))
        .isEqualTo(65535);
    assertThat(Short.toUnsignedInt(DepthScale.toUnsignedShort(5))).isEqualTo(32768);
  }
}
