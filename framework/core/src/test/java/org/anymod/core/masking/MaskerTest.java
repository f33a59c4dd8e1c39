package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

class MaskerTest {
  private static final Kind.TokenGrid SIX =
      new Kind.TokenGrid(2, 3, 10, Kind.Positions.SINE_COSINE);
  private static final Declaration GRID = Declaration.inputAndOutput("grid", SIX);
  private static final Declaration OTHER = Declaration.inputAndOutput("other", SIX);
  private static final Declaration TEXT =
      Declaration.inputAndOutput("text", new Kind.TextSequence(20, 20));
  private static final Declaration CODES =
      Declaration.inputAndOutput("codes", new Kind.TokenSequence(50, 12, 12));
  private static final Declaration PIXELS =
      Declaration.inputOnly("pixels", new Kind.PixelPatches(3, 8, 8, 4));
  private static final Declaration VECTORS =
      Declaration.inputOnly("vectors", new Kind.EmbeddingSequence(7, 5));

  private static final Content[] FULL = {
    new Content.Grid(),
    sequence(IntStream.rangeClosed(300, 330).toArray()),
    sequence(new int[] {400, 401, 402}),
    new Content.Grid(),
    new Content.Vectors(9)
  };

  @Test
  void drawsComponentsOnlyForTheDatasetsTheyAreBoundTo() {
    MaskedModalitySpec grid = spec(GRID, new double[] {1, 0}, new double[] {1, 0});
    MaskedModalitySpec other = spec(OTHER, new double[] {0, 1}, new double[] {0, 1});
    MaskingPlan plan =
        new MaskingPlan(
            List.of(grid, other),
            new double[] {1, 1},
            4,
            4,
            2,
            2,
            MaskingOptions.standard(),
            List.of(Set.of("left"), Set.of("right", "third")),
            Map.of());
    Masker masker = new Masker(plan, special());
    Content[] sample = {new Content.Grid(), new Content.Grid()};
    for (int i = 0; i < 50; i++) {
      MaskedSample left = masker.mask(sample, "left", StreamRandom.at(1, "masking", i));
      assertThat(left.modalities().get(0)).isNotNull();
      assertThat(left.modalities().get(1)).isNull();
      MaskedSample right = masker.mask(sample, "third", StreamRandom.at(1, "masking", i));
      assertThat(right.modalities().get(0)).isNull();
    }
    assertThatThrownBy(() -> masker.mask(sample, "fourth", StreamRandom.at(1, "masking", 0)))
        .hasMessageContaining("no component of the mixture is for samples of 'fourth'");
  }

  private static int visible(MaskedSample sample) {
    return ((Masked.Grid) sample.modalities().get(0)).visible().length;
  }

  @Test
  void datasetsMayHaveBudgetsOfTheirOwn() {
    MaskedModalitySpec grid = spec(GRID, new double[] {1}, new double[] {1});
    MaskingPlan plan =
        new MaskingPlan(List.of(grid), new double[0], 6, 6, 4, 4, MaskingOptions.standard());
    Masker masker =
        new Masker(plan.withRanges(Map.of("small", new TokenRange(1, 3, 2, 2))), special());
    Content[] sample = {new Content.Grid()};
    Set<Integer> sizes = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      MaskedSample small = masker.mask(sample, "small", StreamRandom.at(1, "masking", i));
      sizes.add(visible(small));
      assertThat(((Masked.Grid) small.modalities().get(0)).target()).hasSize(2);
      MaskedSample usual = masker.mask(sample, "usual", StreamRandom.at(1, "masking", i));
      assertThat(visible(usual)).isEqualTo(6);
      // A dataset with a budget of its own changes nothing for the others.
      assertThat(usual)
          .usingRecursiveComparison()
          .isEqualTo(new Masker(plan, special()).mask(sample, StreamRandom.at(1, "masking", i)));
    }
    assertThat(sizes).containsExactlyInAnyOrder(1, 2, 3);
    assertThatThrownBy(() -> plan.withRanges(Map.of("large", new TokenRange(7, 7, 2, 2))))
        .hasMessageContaining("samples of 'large' have up to 7 input and 2 target tokens")
        .hasMessageContaining("must be at most 6 and 4");
    assertThatThrownBy(() -> new TokenRange(3, 2, 1, 1)).hasMessageContaining("minInput is 3");
  }

  @Test
  void showsAndPredictsWholeModalitiesOfATask() {
    Masker masker =
        Masker.ofTask(
            plan(MaskingOptions.standard(), 1, 1, GRID, TEXT),
            Set.of(TEXT.key()),
            Set.of(GRID.key()),
            special());
    Content[] sample = {new Content.Grid(), new Content.Sequence(List.of(new int[] {210, 211}))};
    MaskedSample masked = masker.mask(sample, "any", StreamRandom.at(1, "masking", 0));
    Masked.Grid grid = (Masked.Grid) masked.modalities().get(0);
    assertThat(grid.visible()).isEmpty();
    assertThat(grid.target()).hasSize(GRID.kind().maxTokens());
    Masked.Sequence text = (Masked.Sequence) masked.modalities().get(1);
    assertThat(text.input()).containsExactly(210, 211, special().eos());
    assertThat(text.target()).isEmpty();
  }

  @Test
  void staysWithinBudgetsAndKeepsInputAndTargetApart() {
    Masker masker =
        new Masker(
            plan(MaskingOptions.standard(), 9, 11, GRID, TEXT, CODES, PIXELS, VECTORS), special());
    for (int i = 0; i < 3000; i++) {
      MaskedSample masked = masker.mask(FULL, at(i));
      assertThat(masked.inputTokens()).isLessThanOrEqualTo(9);
      assertThat(masked.targetTokens()).isLessThanOrEqualTo(11);
      if (masked.modalities().get(0) instanceof Masked.Grid grid) {
        int[] both =
            IntStream.concat(Arrays.stream(grid.visible()), Arrays.stream(grid.target())).toArray();
        assertThat(Arrays.stream(both).boxed())
            .doesNotHaveDuplicates()
            .isSubsetOf(0, 1, 2, 3, 4, 5);
        assertThat(grid.visible()).isSorted();
        assertThat(grid.target()).isSorted();
      }
      if (masked.modalities().get(3) instanceof Masked.Grid pixels) {
        assertThat(pixels.target()).isEmpty();
      }
      if (masked.modalities().get(4) instanceof Masked.Vectors vectors) {
        assertThat(Arrays.stream(vectors.rows()).boxed())
            .isNotEmpty()
            .allMatch(row -> row >= -1 && row < 5);
      }
    }
  }

  @Test
  void isAFunctionOfContentsAndChance() {
    Masker masker =
        new Masker(
            plan(MaskingOptions.standard(), 9, 11, GRID, TEXT, CODES, PIXELS, VECTORS), special());
    for (int i = 0; i < 50; i++) {
      assertThat(masker.mask(FULL, at(i)))
          .usingRecursiveComparison()
          .isEqualTo(masker.mask(FULL, at(i)));
    }
  }

  @Test
  void anUncutTargetRestoresWhatTheInputHides() {
    MaskingPlan plan = plan(MaskingOptions.standard(), 20, MaskingPlan.EVERYTHING, TEXT);
    Masker masker = new Masker(plan, special());
    int[] ids = IntStream.rangeClosed(300, 312).toArray();
    for (int i = 0; i < 500; i++) {
      Masked.Sequence masked =
          (Masked.Sequence) masker.mask(new Content[] {sequence(ids)}, at(i)).modalities().get(0);
      assertThat(restored(masked)).containsExactly(withEnd(ids));
    }
  }

  @Test
  void everyTokenOfABudgetIsUsedWhereThereIsRoom() {
    MaskingPlan plan = plan(MaskingOptions.standard(), 7, 5, GRID, OTHER);
    Masker masker = new Masker(plan, special());
    for (int i = 0; i < 500; i++) {
      MaskedSample masked =
          masker.mask(new Content[] {new Content.Grid(), new Content.Grid()}, at(i));
      assertThat(masked.inputTokens()).isEqualTo(7);
      assertThat(masked.targetTokens()).isEqualTo(5);
    }
  }

  @Test
  void theEndSurvivesTruncationUnlessParityIsAsked() {
    int[] ids = IntStream.rangeClosed(300, 340).toArray();
    int[] fixed = wholeTarget(MaskingOptions.standard(), TEXT, ids);
    assertThat(fixed).startsWith(5, 300).endsWith(318, 3, 6).hasSize(22);
    int[] parity = wholeTarget(MaskingOptions.parity(), TEXT, ids);
    assertThat(parity).startsWith(5, 300).endsWith(319, 6).hasSize(22);
    assertThat(wholeTarget(MaskingOptions.standard(), CODES, new int[] {210, 211}))
        .containsExactly(5, 210, 211, 3, 6);
    assertThat(wholeTarget(MaskingOptions.parity(), CODES, new int[] {210, 211}))
        .containsExactly(5, 210, 211, 6);
  }

  @Test
  void chunksAreKeptOrHiddenWhole() {
    MaskingPlan plan = plan(MaskingOptions.standard(), 20, MaskingPlan.EVERYTHING, TEXT);
    Masker masker = new Masker(plan, special());
    Content chunks =
        new Content.Sequence(
            List.of(new int[] {300, 301}, new int[] {310, 311}, new int[] {320, 321}));
    for (int i = 0; i < 300; i++) {
      Masked.Sequence masked =
          (Masked.Sequence) masker.mask(new Content[] {chunks}, at(i)).modalities().get(0);
      Set<Integer> shown = new HashSet<>(Arrays.stream(masked.input()).boxed().toList());
      for (int first : new int[] {300, 310, 320}) {
        assertThat(shown.contains(first)).isEqualTo(shown.contains(first + 1));
      }
    }
  }

  @Test
  void absentModalitiesLeaveTheirShareToTheOthers() {
    Masker masker = new Masker(plan(MaskingOptions.standard(), 3, 3, GRID, OTHER), special());
    for (int i = 0; i < 200; i++) {
      MaskedSample masked = masker.mask(new Content[] {null, new Content.Grid()}, at(i));
      assertThat(masked.modalities().get(0)).isNull();
      assertThat(((Masked.Grid) masked.modalities().get(1)).visible()).hasSize(3);
      assertThat(((Masked.Grid) masked.modalities().get(1)).target()).hasSize(3);
    }
  }

  @Test
  void aSampleDrawsNoComponentThatHasNothingToShowForIt() {
    MaskedModalitySpec grid = spec(GRID, new double[] {1, 0}, new double[] {1, 1});
    MaskedModalitySpec other = spec(OTHER, new double[] {0, 1}, new double[] {1, 1});
    MaskingPlan plan =
        new MaskingPlan(List.of(grid, other), new double[0], 4, 4, 2, 2, MaskingOptions.standard());
    Masker masker = new Masker(plan, special());
    for (int i = 0; i < 200; i++) {
      assertThat(masker.mask(new Content[] {null, new Content.Grid()}, at(i)).inputTokens())
          .isEqualTo(4);
    }
  }

  @Test
  void aSampleWithoutAnythingComesOutEmpty() {
    Masker masker = new Masker(plan(MaskingOptions.standard(), 3, 3, GRID, TEXT), special());
    assertThat(masker.mask(new Content[2], at(0)).modalities()).containsExactly(null, null);
  }

  @Test
  void scarceSentinelsMakeForFewerSpansRatherThanFailing() {
    MaskingPlan plan = plan(MaskingOptions.standard(), 20, MaskingPlan.EVERYTHING, TEXT);
    Masker masker = new Masker(plan, new Sentinels(3));
    int[] ids = IntStream.rangeClosed(300, 312).toArray();
    for (int i = 0; i < 300; i++) {
      Masked.Sequence masked =
          (Masked.Sequence) masker.mask(new Content[] {sequence(ids)}, at(i)).modalities().get(0);
      assertThat(restored(masked)).containsExactly(withEnd(ids));
    }
    assertThatThrownBy(() -> new Masker(plan, new Sentinels(2))).hasMessageContaining("at least 3");
  }

  @Test
  void budgetsAreDrawnFromTheirWholeRanges() throws IOException {
    MaskingPlan plan =
        new MaskingPlan(
            List.of(spec(GRID, new double[] {1}, new double[] {1})),
            new double[0],
            1,
            3,
            0,
            2,
            MaskingOptions.standard());
    Masker masker = new Masker(plan, special());
    Set<Integer> inputs = new HashSet<>();
    Set<Integer> targets = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      MaskedSample masked = masker.mask(new Content[] {new Content.Grid()}, at(i));
      inputs.add(masked.inputTokens());
      targets.add(masked.targetTokens());
    }
    assertThat(inputs).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(targets).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void standardOptionsFillMoreOfThePublishedMixturesBudgets() throws IOException {
    PublishedMixture mixture = new PublishedMixture();
    double[] parity = meanTokens(mixture, MaskingOptions.parity());
    double[] standard = meanTokens(mixture, MaskingOptions.standard());
    assertThat(standard[0]).isGreaterThan(parity[0] * 1.2);
    assertThat(standard[1]).isGreaterThan(parity[1] * 1.2);
  }

  @Test
  void contentsOfTheWrongKindAreRefusedByKey() {
    Masker masker = new Masker(plan(MaskingOptions.standard(), 3, 3, GRID, TEXT), special());
    assertThatThrownBy(
            () -> masker.mask(new Content[] {new Content.Grid(), new Content.Grid()}, at(0)))
        .hasMessage(
            "text: the sample has a Grid, which does not suit a modality of kind TextSequence");
    assertThatThrownBy(() -> masker.mask(new Content[1], at(0)))
        .hasMessageContaining("1 modalities, the plan has 2");
  }

  private static double[] meanTokens(PublishedMixture mixture, MaskingOptions options) {
    Masker masker = new Masker(mixture.plan(options), Sentinels.PUBLISHED);
    double[] sums = new double[2];
    for (int i = 0; i < 1000; i++) {
      MaskedSample masked = masker.mask(mixture.sample(), at(i));
      assertThat(masked.inputTokens()).isLessThanOrEqualTo(256);
      assertThat(masked.targetTokens()).isLessThanOrEqualTo(256);
      sums[0] += masked.inputTokens();
      sums[1] += masked.targetTokens();
    }
    return sums;
  }

  private static int[] wholeTarget(MaskingOptions options, Declaration declaration, int[] ids) {
    Masker masker = new Masker(plan(options, 0, MaskingPlan.EVERYTHING, declaration), special());
    Masked masked = masker.mask(new Content[] {sequence(ids)}, at(0)).modalities().get(0);
    return ((Masked.Sequence) masked).target();
  }

  /** Puts each span of the target in the place of its sentinel in the input. */
  private static int[] restored(Masked.Sequence masked) {
    Sentinels special = Sentinels.PUBLISHED;
    IntStream.Builder ids = IntStream.builder();
    for (int id : masked.input()) {
      if (!special.isSentinel(id)) {
        ids.add(id);
        continue;
      }
      int at =
          IntStream.range(0, masked.target().length)
              .filter(i -> masked.target()[i] == id)
              .findFirst()
              .getAsInt();
      while (!special.isSentinel(masked.target()[++at])) {
        ids.add(masked.target()[at]);
      }
    }
    return ids.build().toArray();
  }

  private static int[] withEnd(int[] ids) {
    int[] closed = Arrays.copyOf(ids, ids.length + 1);
    closed[ids.length] = 3;
    return closed;
  }

  private static MaskingPlan plan(
      MaskingOptions options, int input, int target, Declaration... declarations) {
    double[] one = {1};
    List<MaskedModalitySpec> specs =
        Arrays.stream(declarations).map(declaration -> spec(declaration, one, one)).toList();
    return new MaskingPlan(specs, new double[0], input, input, target, target, options);
  }

  private static MaskedModalitySpec spec(
      Declaration declaration, double[] inputs, double[] targets) {
    Keep[] keep = new Keep[inputs.length];
    Arrays.fill(keep, Keep.RANDOM);
    return new MaskedModalitySpec(
        declaration, declaration.kind().maxTokens(), inputs, targets, keep);
  }

  private static Content sequence(int[] ids) {
    return new Content.Sequence(List.of(ids));
  }

  private static Sentinels special() {
    return Sentinels.PUBLISHED;
  }

  private static StreamRandom at(long i) {
    return StreamRandom.at(17, "test", i);
  }
}
