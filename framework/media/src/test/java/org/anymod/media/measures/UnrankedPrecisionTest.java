package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnrankedPrecisionTest {

  @Test
  void countsEachTruthOnceByItsBestPrediction() {
    UnrankedPrecision precision = new UnrankedPrecision();
    // The first truth could be hit twice; the second prediction takes it and the first the other.
    precision.add(new double[][] {{0.6, 0.5}, {0.8, 0}, {0.7, 0.1}}, 2);
    precision.add(new double[0][], 2);
    // Two of three predictions hit two of four truths: precision 2/3 at 51 of 101 recalls.
    assertThat(precision.at(0.5)).isCloseTo(2.0 / 3 * 51 / 101, within(1e-12));
    assertThat(precision.at(0.75)).isCloseTo(1.0 / 3 * 26 / 101, within(1e-12));
    assertThat(precision.at(0.9)).isZero();
    // 0.5 has two hits, 0.55 to 0.8 one, beyond none.
    double expected = (2.0 / 3 * 51 + 6 * (1.0 / 3 * 26)) / 101 / 10;
    assertThat(precision.mean()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void isPerfectWhereNothingIsToFindAndNothingFound() {
    UnrankedPrecision precision = new UnrankedPrecision();
    assertThat(precision.at(0.5)).isNaN();
    precision.add(new double[0][], 0);
    assertThat(precision.mean()).isEqualTo(1);
    precision.add(new double[][] {{}}, 0);
    assertThat(precision.mean()).isZero();
    UnrankedPrecision perfect = new UnrankedPrecision();
    perfect.add(new double[][] {{1, 0}, {0, 1}}, 2);
    assertThat(perfect.mean()).isCloseTo(1, within(1e-12));
  }
}
