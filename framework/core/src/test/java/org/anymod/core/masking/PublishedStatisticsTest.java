package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

/**
 * Compares budgets and masks, drawn with the published mixture, with statistics of the published
 * implementation.
 */
class PublishedStatisticsTest {
  /**
   * Among thousands of pairs of 5000 heavy-tailed draws, two runs of the same code differ by up to
   * 0.09 somewhere.
   */
  private static final double CORRELATION = 0.1;

  private final PublishedMixture mixture;
  private final MaskingPlan plan;
  private final Content[] sample;

  PublishedStatisticsTest() throws IOException {
    mixture = new PublishedMixture();
    plan = mixture.plan(MaskingOptions.parity());
    sample = mixture.sample();
  }

  @Test
  void budgetsOfEveryComponentAreDistributedAsPublished() {
    Budgets budgets = new Budgets(plan);
    for (JsonNode published : mixture.root.get("components")) {
      int component = published.get("component").intValue();
      int n = published.get("n").intValue();
      double[][] inputs = new double[n][];
      double[][] targets = new double[n][];
      for (int i = 0; i < n; i++) {
        StreamRandom random = StreamRandom.at(11, "budgets", component, i);
        int[] input = budgets.input(component, plan.maxInput(), sample, random);
        inputs[i] = doubles(input);
        targets[i] = doubles(budgets.target(component, plan.maxTarget(), sample, input, random));
      }
      compare(published, n, inputs, targets, "component " + component);
    }
  }

  private void compare(
      JsonNode published, int n, double[][] inputs, double[][] targets, String what) {
    Moments input = new Moments(inputs);
    Moments target = new Moments(targets);
    input.assertLike(published.get("input_budget"), mixture.keys, n, what + ", input");
    target.assertLike(published.get("target_budget"), mixture.keys, n, what + ", target");
    input.assertCorrelatesLike(
        published.get("corr_input_input"), input, CORRELATION, what + ", inputs");
    target.assertCorrelatesLike(
        published.get("corr_target_target"), target, CORRELATION, what + ", targets");
    input.assertCorrelatesLike(
        published.get("corr_input_target"), target, CORRELATION, what + ", inputs and targets");
    new Moments(totals(inputs))
        .assertLike(published.get("input_total"), 0, n, what + ", all inputs");
    new Moments(totals(targets))
        .assertLike(published.get("target_total"), 0, n, what + ", all targets");
    new Moments(totals(used(inputs)))
        .assertLike(published.get("num_input_modalities"), 0, n, what + ", modalities with input");
    new Moments(totals(used(targets)))
        .assertLike(
            published.get("num_target_modalities"), 0, n, what + ", modalities with target");
  }

  @Test
  void masksOfTheWholeMixtureAreDistributedAsPublished() {
    JsonNode published = mixture.root.get("mixture");
    int n = published.get("n").intValue();
    Masker masker = new Masker(plan, Sentinels.PUBLISHED);
    double[][] inputs = new double[n][];
    double[][] targets = new double[n][];
    for (int i = 0; i < n; i++) {
      MaskedSample masked = masker.mask(sample, StreamRandom.at(3, "masking", i));
      inputs[i] =
          masked.modalities().stream().mapToDouble(PublishedStatisticsTest::inputTokens).toArray();
      targets[i] =
          masked.modalities().stream().mapToDouble(PublishedStatisticsTest::targetTokens).toArray();
    }
    new Moments(inputs)
        .assertLike(published.get("realised_input_tokens"), mixture.keys, n, "input tokens");
    new Moments(targets)
        .assertLike(published.get("realised_target_tokens"), mixture.keys, n, "target tokens");
    new Moments(totals(inputs))
        .assertLike(published.get("realised_input_total"), 0, n, "all input tokens");
    new Moments(totals(targets))
        .assertLike(published.get("realised_target_total"), 0, n, "all target tokens");
  }

  @Test
  void componentsAreDrawnByTheirWeights() {
    Budgets budgets = new Budgets(plan);
    int n = 6000;
    double[] counts = new double[plan.components()];
    for (int i = 0; i < n; i++) {
      counts[budgets.component(sample, StreamRandom.at(1, "component", i))]++;
    }
    double sum = Arrays.stream(plan.weights()).sum();
    double chiSquare = 0;
    for (int k = 0; k < counts.length; k++) {
      double expected = n * plan.weights()[k] / sum;
      chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    // The 99.9 % quantile for 6 degrees of freedom.
    assertThat(chiSquare).isLessThan(22.46);
  }

  private static double inputTokens(Masked masked) {
    return new MaskedSample(Arrays.asList(masked)).inputTokens();
  }

  private static double targetTokens(Masked masked) {
    return new MaskedSample(Arrays.asList(masked)).targetTokens();
  }

  private static double[] doubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  private static double[][] totals(double[][] draws) {
    return Arrays.stream(draws)
        .map(draw -> new double[] {Arrays.stream(draw).sum()})
        .toArray(double[][]::new);
  }

  private static double[][] used(double[][] draws) {
    return Arrays.stream(draws)
        .map(draw -> Arrays.stream(draw).map(tokens -> tokens > 0 ? 1 : 0).toArray())
        .toArray(double[][]::new);
  }
}
