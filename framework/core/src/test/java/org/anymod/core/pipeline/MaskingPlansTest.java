package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.masking.Keep;
import org.anymod.core.masking.MaskedModalitySpec;
import org.anymod.core.masking.MaskingOptions;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.training.MaskingPlans;
import org.junit.jupiter.api.Test;

class MaskingPlansTest {
  private static final ComponentRecipe COMPONENT =
      new ComponentRecipe(
          2,
          0.5,
          Map.of(SquareRecipe.TOKENS, 3.0),
          0.25,
          Map.of(SquareRecipe.PIXELS, 4.0),
          Map.of(SquareRecipe.TEXT, "binary"));

  private static final ModalitySet MODALITIES =
      ModalitySet.of(
          SquareRecipe.of(
              Path.of("out"),
              1,
              new DataRecipe(Path.of("data"), "train", "val", 1, 1, 0),
              recipe(false)),
          List.of(
              new SquareModality("square", true),
              new SquareModality("tok_square", false),
              new PhraseModality()));

  private static MaskingRecipe recipe(boolean redistribute, String... parity) {
    return new MaskingRecipe(
        10,
        OptionalInt.of(4),
        12,
        OptionalInt.empty(),
        redistribute,
        List.of(COMPONENT),
        Optional.empty(),
        List.of(parity),
        Optional.empty());
  }

  private static MaskingPlan plan(boolean redistribute, String... parity) {
    return MaskingPlans.of(recipe(redistribute, parity), MODALITIES);
  }

  private static MaskedModalitySpec spec(MaskingPlan plan, String key) {
    return plan.modalities().get(MODALITIES.indexOf(key));
  }

  @Test
  void losesNoBudgetByDefault() {
    MaskingPlan plan = plan(true);
    assertThat(plan.options()).isEqualTo(new MaskingOptions(true, true, true, 100));
    assertThat(spec(plan, SquareRecipe.PIXELS).targetAlphas()).containsExactly(0);
    assertThat(spec(plan, SquareRecipe.TOKENS).inputAlphas()).containsExactly(3);
    assertThat(spec(plan, SquareRecipe.TEXT).inputAlphas()).containsExactly(0.5);
    assertThat(spec(plan, SquareRecipe.TEXT).targetAlphas()).containsExactly(0.25);
    assertThat(spec(plan, SquareRecipe.TEXT).keep()).containsExactly(Keep.BINARY);
    assertThat(plan.minInput()).isEqualTo(4);
    assertThat(plan.minTarget()).isEqualTo(12);
  }

  @Test
  void losesTheNamedShareOfAModalityThatIsNoTargetWhereAskedTo() {
    MaskingPlan plan = plan(false, "lost_budget");
    assertThat(plan.options()).isEqualTo(new MaskingOptions(false, false, true, 100));
    assertThat(spec(plan, SquareRecipe.PIXELS).targetAlphas()).containsExactly(4);
    assertThat(spec(plan, SquareRecipe.TEXT).targetAlphas()).containsExactly(0.25);
  }

  @Test
  void followsThePublishedProcedureToTheLetterWhereAskedTo() {
    assertThat(plan(false, "cut_ends").options())
        .isEqualTo(new MaskingOptions(true, false, false, 100));
    assertThat(plan(false, "published").options()).isEqualTo(MaskingOptions.parity());
    assertThat(plan(false, "lost_budget", "cut_ends").options())
        .isEqualTo(new MaskingOptions(false, false, false, 100));
  }

  @Test
  void refusesToRedistributeAndToLoseBudgetAtOnce() {
    assertThatThrownBy(() -> plan(true, "lost_budget"))
        .hasMessageContaining("redistribute is true and parity is [lost_budget]");
  }
}
