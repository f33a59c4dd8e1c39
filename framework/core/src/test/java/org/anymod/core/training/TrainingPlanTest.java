package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private static final MaskingRecipe MASKING =
      new MaskingRecipe(
          128,
          OptionalInt.empty(),
          128,
          OptionalInt.empty(),
          false,
          List.of(new ComponentRecipe(1, 1, Map.of(), 1, Map.of(), Map.of())));

  private static ScheduleRecipe schedule(
      String shape, int cooldown, OptionalLong total, OptionalLong warmup, OptionalDouble base) {
    return new ScheduleRecipe(
        shape,
        10000,
        cooldown,
        total,
        warmup,
        OptionalLong.empty(),
        base,
        OptionalDouble.empty(),
        0,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        List.of("blocks"));
  }

  @Test
  void countsTheStepsOfAPublishedTrainingByItsTokens() {
    TrainingSettings settings = new TrainingSettings();
    settings.batch = 1024;
    settings.accumulate = 8;
    settings.schedule =
        schedule(
            "cosine",
            0,
            OptionalLong.of(500_000_000_000L),
            OptionalLong.of(10_000_000_000L),
            OptionalDouble.of(1e-4));
    TrainingPlan plan = TrainingPlan.of(settings.recipe(), MASKING);
    assertThat(plan.steps()).isEqualTo(238419);
    // 10 billion tokens of 256 in each of 8192 samples are 4769 steps of warm-up to 32e-4.
    assertThat(plan.learningRate().at(4768)).isCloseTo(3.2e-3, within(1e-15));
    assertThat(plan.learningRate().at(4767)).isLessThan(3.2e-3);
    assertThat(plan.learningRate().at(2384)).isCloseTo(1.6e-3, within(1e-15));
  }

  @Test
  void takesPlainNumbersAsTheyAre() {
    TrainingSettings settings = new TrainingSettings();
    TrainingPlan plan = TrainingPlan.of(settings.recipe(), MASKING);
    assertThat(plan.steps()).isEqualTo(20);
    assertThat(plan.frozenSteps()).isZero();
    assertThat(plan.learningRate().at(2)).isEqualTo(3e-3);
    for (int i = 0; i < 20; i++) {
      assertThat(plan.weightDecay().at(i)).isEqualTo(0.01);
    }
  }

  @Test
  void bringsTheWeightDecayToItsEndAndHoldsTheRateOfTheFrozenPhase() {
    TrainingSettings settings = new TrainingSettings();
    settings.schedule =
        new ScheduleRecipe(
            "constant",
            10000,
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(0.2),
            10,
            OptionalLong.empty(),
            OptionalDouble.of(1e-5),
            List.of("blocks"));
    TrainingPlan plan = TrainingPlan.of(settings.recipe(), MASKING);
    assertThat(plan.frozenSteps()).isEqualTo(10);
    assertThat(plan.learningRate().at(9)).isEqualTo(1e-5);
    assertThat(plan.learningRate().at(10)).isZero();
    assertThat(plan.learningRate().at(12)).isEqualTo(3e-3);
    assertThat(plan.weightDecay().at(9)).isEqualTo(0.01);
    assertThat(plan.weightDecay().at(10)).isCloseTo(0.01, within(1e-12));
    assertThat(plan.weightDecay().at(15)).isCloseTo(0.105, within(1e-12));
  }

  @Test
  void refusesPhasesThatAreLongerThanTheTraining() {
    TrainingSettings settings = new TrainingSettings();
    settings.schedule =
        schedule(
            "constant", 19, OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
    assertThatThrownBy(() -> TrainingPlan.of(settings.recipe(), MASKING))
        .hasMessageContaining("take 21 steps, the training has 20");
    assertThatThrownBy(
            () ->
                schedule(
                    "cosine",
                    3,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalDouble.empty()))
        .hasMessageContaining("no cool-down");
  }
}
