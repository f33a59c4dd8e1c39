package org.anymod.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  private static final FixedTokens SPECIAL = new FixedTokens(200);
  private static final ModelRecipe RECIPE =
      new ModelRecipe(16, 1, 1, 2, 4, true, false, false, true, "published");

  @Test
  void countsTheProductsOfAStep() {
    // Per encoder token: qkv, projection and gated feed-forward; hidden is 2 / 3 * 64.
    assertThat(ModelCost.hidden(RECIPE)).isEqualTo(42);
    double encoder = 10 * (4 * 256 + 3 * 16 * 42) + 2 * 100 * 16 + 10 * 256;
    double decoder = 6 * (6 * 256 + 3 * 16 * 42) + 10 * 2 * 256 + 2 * 36 * 16 + 2 * 6 * 10 * 16;
    assertThat(new ModelCost(RECIPE).step(2, 10, 6, 100))
        .isEqualTo(6 * (2 * (encoder + decoder) + 100));
  }

  @Test
  void mixedSetHasTheProportionsOfThePublishedModels() {
    List<ModelModality> mixed = SyntheticModalities.mixed(SPECIAL);
    assertThat(mixed).hasSize(21);
    assertThat(mixed).filteredOn(m -> m.kind() instanceof Kind.TokenGrid).hasSize(13);
    assertThat(mixed).filteredOn(m -> m.kind() instanceof Kind.TextSequence).hasSize(6);
    assertThat(mixed).extracting(ModelModality::key).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void samplesFillTheBudgetsWithAllKinds() {
    List<ModelModality> mixed = SyntheticModalities.mixed(SPECIAL);
    MaskingPlan plan = SyntheticModalities.plan(mixed, 100, 60);
    Batch batch = new SyntheticSamples(mixed, SPECIAL, 1).batch(0, 3, plan);
    assertThat(batch.samples()).isEqualTo(3);
    assertThat(batch.inputTokens()).isBetween(200, 300);
    assertThat(batch.targetTokens()).isBetween(100, 180);
    assertThat(batch.targetTokensByModality()).hasSize(21);
    assertThat(batch.dropped()).isZero();
  }

  @Test
  void trainsTinyStepsAndKeepsNoTensor() {
    List<ModelModality> grids = SyntheticModalities.grids(5, 4, 32);
    MaskingPlan plan = SyntheticModalities.plan(grids, 16, 12);
    TrainBenchmark.Result result =
        new TrainBenchmark(
                new TrainBenchmark.Settings(
                    RECIPE,
                    grids,
                    plan,
                    SPECIAL,
                    2,
                    1,
                    3,
                    32,
                    1,
                    Device.cpu(),
                    Precision.FLOAT32,
                    false))
            .run();
    assertThat(result.modalities()).isEqualTo(5);
    assertThat(result.steps()).isEqualTo(3);
    assertThat(result.inputTokens()).isEqualTo(32);
    assertThat(result.targetTokens()).isEqualTo(24);
    assertThat(result.newTensors()).isZero();
    assertThat(result.liveTensors()).isGreaterThan(50);
    assertThat(result.fastestStep()).isPositive().isLessThanOrEqualTo(result.secondsPerStep());
    assertThat(result.slowestStep()).isGreaterThanOrEqualTo(result.secondsPerStep());
    assertThat(result.tokensPerSecond())
        .isCloseTo(56 * result.stepsPerSecond(), within(1e-6 * result.tokensPerSecond()));
    assertThat(result.shareOfLargeProduct() * result.largeProductGigaflops())
        .isCloseTo(result.gigaflops(), within(1e-6 * result.gigaflops()));
    assertThat(result.shareOfModelProduct()).isPositive();
  }

  @Test
  void masksOnOneThread() {
    List<ModelModality> mixed = SyntheticModalities.mixed(SPECIAL);
    MaskBenchmark.Result result =
        MaskBenchmark.run(mixed, SyntheticModalities.plan(mixed, 64, 64), SPECIAL, 50, 1);
    assertThat(result.modalities()).isEqualTo(21);
    assertThat(result.components()).isEqualTo(1);
    assertThat(result.inputTokens()).isGreaterThan(32).isLessThanOrEqualTo(64);
    assertThat(result.targetTokens()).isGreaterThan(32).isLessThanOrEqualTo(64);
    assertThat(result.samplesPerSecond() * result.microsecondsPerSample())
        .isCloseTo(1e6, within(1.0));
  }

  @Test
  void refusesToMeasureNothing() {
    List<ModelModality> grids = SyntheticModalities.grids(2, 4, 32);
    MaskingPlan plan = SyntheticModalities.plan(grids, 4, 4);
    assertThatThrownBy(() -> MaskBenchmark.run(grids, plan, SPECIAL, 0, 1))
        .hasMessageContaining("samples is 0, must be at least 1");
    assertThatThrownBy(
            () ->
                new TrainBenchmark.Settings(
                    RECIPE,
                    grids,
                    plan,
                    SPECIAL,
                    2,
                    0,
                    3,
                    32,
                    1,
                    Device.cpu(),
                    Precision.FLOAT32,
                    false))
        .hasMessageContaining("warmup 0");
    assertThatThrownBy(() -> new FixedTokens(2)).hasMessageContaining("must be at least 3");
  }

  @Test
  void medianIsTheMiddle() {
    Timings timings = new Timings();
    for (long time : new long[] {9, 1, 4}) {
      timings.add(time);
    }
    assertThat(timings.median()).isEqualTo(4);
    timings.add(2);
    assertThat(timings.median()).isEqualTo(3);
    assertThat(timings.fastest()).isEqualTo(1);
    assertThat(timings.slowest()).isEqualTo(9);
  }
}
