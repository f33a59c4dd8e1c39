package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Draws of several variables, to be compared with published statistics of them. */
final class Moments {
  private static final double NEARLY_ALWAYS = 0.99;

  private final double[][] draws;

  /** Takes draws as (draw, variable). */
  Moments(double[][] draws) {
    this.draws = draws;
  }

  void assertLike(JsonNode published, List<String> names, int publishedDraws, String what) {
    for (int v = 0; v < names.size(); v++) {
      assertLike(published.get(names.get(v)), v, publishedDraws, what + " of " + names.get(v));
    }
  }

  void assertLike(JsonNode published, int v, int publishedDraws, String what) {
    double seReference = published.get("se_mean").doubleValue();
    double se = deviation(v) / Math.sqrt(draws.length);
    double tolerance = 5 * Math.sqrt(seReference * seReference + se * se) + 1e-6;
    assertThat(mean(v))
        .as("mean %s", what)
        .isCloseTo(published.get("mean").doubleValue(), within(tolerance));
    double zero = published.get("p_zero").doubleValue();
    double ownZero = zeros(v);
    double spread = zero * (1 - zero) / publishedDraws + ownZero * (1 - ownZero) / draws.length;
    assertThat(ownZero)
        .as("share of zeros %s", what)
        .isCloseTo(zero, within(5 * Math.sqrt(spread) + 1e-6));
  }

  /**
   * Variables that nearly always have the same value are left out: a single draw decides how they
   * correlate.
   */
  void assertCorrelatesLike(JsonNode published, Moments other, double tolerance, String what) {
    int[] own = varying();
    int[] others = other.varying();
    for (int a : own) {
      for (int b : others) {
        assertThat(correlation(a, other, b))
            .as("%s, variables %d and %d", what, a, b)
            .isCloseTo(published.get(a).get(b).doubleValue(), within(tolerance));
      }
    }
  }

  private double correlation(int a, Moments other, int b) {
    double meanA = mean(a);
    double meanB = other.mean(b);
    double sum = 0;
    for (int i = 0; i < draws.length; i++) {
      sum += (draws[i][a] - meanA) * (other.draws[i][b] - meanB);
    }
    double scale = deviation(a) * other.deviation(b);
    return scale == 0 ? 0 : sum / (draws.length - 1) / scale;
  }

  private double mean(int v) {
    double sum = 0;
    for (double[] draw : draws) {
      sum += draw[v];
    }
    return sum / draws.length;
  }

  private double deviation(int v) {
    double mean = mean(v);
    double sum = 0;
    for (double[] draw : draws) {
      sum += (draw[v] - mean) * (draw[v] - mean);
    }
    return Math.sqrt(sum / (draws.length - 1));
  }

  private double zeros(int v) {
    return (double) Arrays.stream(draws).filter(draw -> draw[v] == 0).count() / draws.length;
  }

  private int[] varying() {
    return IntStream.range(0, draws[0].length).filter(v -> !isNearlyConstant(v)).toArray();
  }

  private boolean isNearlyConstant(int v) {
    double[] sorted = Arrays.stream(draws).mapToDouble(draw -> draw[v]).sorted().toArray();
    double middle = sorted[sorted.length / 2];
    return Arrays.stream(sorted).filter(value -> value == middle).count()
        > NEARLY_ALWAYS * draws.length;
  }
}
