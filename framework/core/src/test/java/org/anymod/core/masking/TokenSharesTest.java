package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSharesTest {
  private static final int DRAWS = 20000;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 1, 2.5, 1000})
  void gammaVariatesHaveTheMeanAndVarianceOfTheirShape(double shape) {
    StreamRandom random = StreamRandom.at(2, "gamma");
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = GammaDistribution.draw(shape, random);
      sum += x;
      squares += (x - shape) * (x - shape);
    }
    assertThat(sum / DRAWS).isCloseTo(shape, within(5 * Math.sqrt(shape / DRAWS)));
    // The fourth central moment of a gamma variate is 3 shape^2 + 6 shape.
    double spread = Math.sqrt((2 * shape * shape + 6 * shape) / DRAWS);
    assertThat(squares / DRAWS).isCloseTo(shape, within(5 * spread));
  }

  @Test
  void tinyShapesNeverGiveZero() {
    StreamRandom random = StreamRandom.at(2, "gamma");
    for (int i = 0; i < 1000; i++) {
      assertThat(GammaDistribution.draw(1e-9, random)).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
    }
  }

  @Test
  void theSoleModalityGetsEverything() {
    assertThat(draw(new double[] {0, 1}, new int[] {256, 256}, 256, false, 0))
        .containsExactly(0, 256);
  }

  @Test
  void nothingIsSharedWhenNobodyTakesPart() {
    assertThat(draw(new double[2], new int[] {4, 4}, 8, true, 0)).containsExactly(0, 0);
  }

  @Test
  void equalFloorsShareEquallyAndTheFirstTakesWhatRemains() {
    int[] shares = draw(new double[] {1e-9, 1e-9, 1e-9}, new int[] {256, 256, 256}, 256, false, 0);
    assertThat(shares).containsExactly(86, 85, 85);
  }

  @Test
  void whatIsAboveACapIsLostUnlessItIsRedistributed() {
    double[] alphas = {1000, 1, 1};
    int[] caps = {10, 100, 100};
    assertThat(sum(draw(alphas, caps, 100, false, 1))).isLessThan(20);
    assertThat(sum(draw(alphas, caps, 100, true, 1))).isEqualTo(100);
  }

  @Test
  void redistributionFollowsTheProportionsAndReachesNobodyWithoutAShare() {
    double[] alphas = {1000, 300, 100, 0};
    int[] caps = {0, 1000, 1000, 1000};
    double second = 0;
    double third = 0;
    for (int i = 0; i < 500; i++) {
      int[] shares = draw(alphas, caps, 400, true, i);
      assertThat(shares[0]).isZero();
      assertThat(shares[3]).isZero();
      second += shares[1];
      third += shares[2];
    }
    assertThat(second / 500).isCloseTo(300, within(3.0));
    assertThat(third / 500).isCloseTo(100, within(3.0));
  }

  @Test
  void redistributionStopsWhenAllAreFull() {
    assertThat(draw(new double[] {1, 1}, new int[] {3, 4}, 100, true, 0)).containsExactly(3, 4);
  }

  private static int[] draw(double[] alphas, int[] caps, int tokens, boolean redistribute, int i) {
    return TokenShares.draw(alphas, caps, tokens, redistribute, StreamRandom.at(8, "shares", i));
  }

  private static int sum(int[] shares) {
    int sum = 0;
    for (int share : shares) {
      sum += share;
    }
    return sum;
  }
}
