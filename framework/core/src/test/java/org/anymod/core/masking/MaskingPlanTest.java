package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.junit.jupiter.api.Test;

class MaskingPlanTest {
  private static final Declaration GRID =
      Declaration.inputAndOutput("grid", new Kind.TokenGrid(2, 2, 10, Kind.Positions.LEARNED));
  private static final Declaration TEXT =
      Declaration.inputAndOutput("text", new Kind.TextSequence(8, 8));
  private static final Declaration PIXELS =
      Declaration.inputOnly("pixels", new Kind.PixelPatches(1, 4, 4, 2));

  @Test
  void namesTheModalityWhoseNumbersAreWrong() {
    assertThatThrownBy(() -> spec(GRID, 3, 1))
        .hasMessage("grid: maxTokens is 3, must be the 4 places of the grid");
    assertThatThrownBy(() -> spec(TEXT, 9, 1))
        .hasMessage("text: maxTokens is 9, must be at most 8");
    assertThatThrownBy(() -> spec(TEXT, 8, -1)).hasMessageContaining("text: inputAlphas has -1.0");
    assertThatThrownBy(() -> spec(TEXT, 8, Double.NaN))
        .hasMessageContaining("text: inputAlphas has NaN");
    assertThatThrownBy(
            () ->
                new MaskedModalitySpec(
                    TEXT, 8, new double[2], new double[1], new Keep[] {Keep.ALL}))
        .hasMessageContaining("text: has 2 inputAlphas, 1 targetAlphas and 1 keep");
  }

  @Test
  void refusesPlansThatContradictThemselves() {
    MaskedModalitySpec grid = spec(GRID, 4, 1);
    MaskedModalitySpec two =
        new MaskedModalitySpec(
            TEXT, 8, new double[2], new double[2], new Keep[] {Keep.ALL, Keep.BINARY});
    assertThatThrownBy(() -> plan(List.of(), 1, 2)).hasMessageContaining("no modalities");
    assertThatThrownBy(() -> plan(List.of(grid, grid), 1, 2)).hasMessage("grid: is listed twice");
    assertThatThrownBy(() -> plan(List.of(grid, two), 1, 2))
        .hasMessageContaining("text: has concentrations for 2");
    assertThatThrownBy(() -> plan(List.of(grid), 3, 2))
        .hasMessageContaining("minInput is 3 and maxInput is 2");
    assertThatThrownBy(() -> plan(List.of(grid), 1, 2, 0)).hasMessageContaining("sum to 0.0");
    assertThatThrownBy(() -> plan(List.of(grid), 1, 2, 1, 1))
        .hasMessageContaining("2 weights for 1 components");
    assertThatThrownBy(() -> plan(List.of(grid), 1, 2, Double.NaN))
        .hasMessageContaining("a weight is NaN");
  }

  @Test
  void fixedMasksShowAndPredictWholeModalities() {
    MaskingPlan plan = plan(List.of(spec(GRID, 4, 1), spec(TEXT, 8, 1), spec(PIXELS, 4, 1)), 1, 2);
    Content[] sample = {
      new Content.Grid(), new Content.Sequence(List.of(new int[] {300, 301})), new Content.Grid()
    };
    List<Masked> toText =
        new FixedMasks(plan, Set.of("pixels"), Set.of("text"), Sentinels.PUBLISHED)
            .mask(sample)
            .modalities();
    assertThat(toText.get(0)).isNull();
    assertThat(((Masked.Sequence) toText.get(1)).input()).isEmpty();
    assertThat(((Masked.Sequence) toText.get(1)).target()).containsExactly(5, 300, 301, 3, 6);
    assertThat(((Masked.Grid) toText.get(2)).visible()).containsExactly(0, 1, 2, 3);
    List<Masked> toGrid =
        new FixedMasks(plan, Set.of("text"), Set.of("grid"), Sentinels.PUBLISHED)
            .mask(sample)
            .modalities();
    assertThat(((Masked.Grid) toGrid.get(0)).target()).containsExactly(0, 1, 2, 3);
    assertThat(((Masked.Sequence) toGrid.get(1)).input()).containsExactly(300, 301, 3);
    assertThat(((Masked.Sequence) toGrid.get(1)).target()).isEmpty();
  }

  @Test
  void fixedMasksRefuseRolesThatAModalityCannotHave() {
    MaskingPlan plan = plan(List.of(spec(GRID, 4, 1), spec(PIXELS, 4, 1)), 1, 2);
    assertThatThrownBy(
            () -> new FixedMasks(plan, Set.of("grid"), Set.of("pixels"), Sentinels.PUBLISHED))
        .hasMessage("pixels: cannot be a target, its roles are [INPUT]");
    assertThatThrownBy(
            () -> new FixedMasks(plan, Set.of("grid"), Set.of("grid"), Sentinels.PUBLISHED))
        .hasMessageContaining("grid: is among the inputs and the targets");
    assertThatThrownBy(
            () -> new FixedMasks(plan, Set.of("grip"), Set.of("grid"), Sentinels.PUBLISHED))
        .hasMessage("[grip]: no such modalities, the plan has [grid, pixels]");
  }

  private static MaskedModalitySpec spec(Declaration declaration, int maxTokens, double alpha) {
    return new MaskedModalitySpec(
        declaration, maxTokens, new double[] {alpha}, new double[] {1}, new Keep[] {Keep.RANDOM});
  }

  private static MaskingPlan plan(
      List<MaskedModalitySpec> modalities, int minInput, int maxInput, double... weights) {
    return new MaskingPlan(
        modalities, weights, minInput, maxInput, 1, 1, MaskingOptions.standard());
  }
}
