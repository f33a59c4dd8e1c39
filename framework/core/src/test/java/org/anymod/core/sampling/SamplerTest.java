package org.anymod.core.sampling;

import static org.anymod.core.sampling.TinySampling.CODES;
import static org.anymod.core.sampling.TinySampling.GRID;
import static org.anymod.core.sampling.TinySampling.NOTES;
import static org.anymod.core.sampling.TinySampling.PATH;
import static org.anymod.core.sampling.TinySampling.PIXELS;
import static org.anymod.core.sampling.TinySampling.SECOND;
import static org.anymod.core.sampling.TinySampling.TEXT;
import static org.anymod.core.sampling.TinySampling.VECTORS;
import static org.anymod.core.sampling.TinySampling.WORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.torch.Precision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static AnyToAnyModel plain;
  private static AnyToAnyModel everything;

  @BeforeAll
  static void create() {
    plain = TinySampling.plain();
    everything = TinySampling.everything(Precision.FLOAT32);
  }

  @AfterAll
  static void close() {
    plain.close();
    everything.close();
  }

  /** Guided by pictures and words apart, turning away from the words; grids join. */
  private static Guidance twoTerms() {
    return new Guidance(
        List.of(new Guidance.Term(Set.of(PIXELS), 1.5), new Guidance.Term(Set.of(WORDS), -0.5)),
        true,
        0.5);
  }

  private static List<Link> chain() {
    return List.of(
        new Link(GRID, TinySampling.maskgit(3), twoTerms()),
        new Link(NOTES, TinySampling.roar(1), Guidance.byGiven(2)),
        new Link(SECOND, TinySampling.roar(4), twoTerms()),
        new Link(PATH, TinySampling.maskgit(1), Guidance.NONE));
  }

  private static List<Row> rows(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(TinySampling::row).toList());
  }

  private static List<int[]> ids(List<Row> rows, int... modalities) {
    List<int[]> ids = new ArrayList<>();
    for (Row row : rows) {
      for (int m : modalities) {
        ids.add(
            row.get(m) instanceof Known.Grid grid
                ? grid.tokens()
                : ((Known.Sequence) row.get(m)).ids());
      }
    }
    return ids;
  }

  @Test
  void drawsTheSameWhateverRowsAreSampledTogether() {
    for (AnyToAnyModel model : List.of(plain, everything)) {
      Sampler sampler = new Sampler(model, TEXT);
      List<Row> together = rows(4);
      sampler.sample(together, chain(), 7, 0);
      for (int r = 0; r < 4; r++) {
        List<Row> alone = rows(4).subList(r, r + 1);
        sampler.sample(alone, chain(), 7, r);
        assertThat(ids(alone, GRID, NOTES, SECOND, PATH))
            .as("row %d", r)
            .containsExactlyElementsOf(ids(together.subList(r, r + 1), GRID, NOTES, SECOND, PATH));
      }
    }
  }

  @Test
  void cachesChangeNothing() {
    for (AnyToAnyModel model : List.of(plain, everything)) {
      for (long seed = 0; seed < 2; seed++) {
        List<Row> cached = rows(3);
        List<Row> recomputed = rows(3);
        new Sampler(model, TEXT).sample(cached, chain(), seed, 0);
        Sampler.withoutCaches(model, TEXT).sample(recomputed, chain(), seed, 0);
        assertThat(ids(cached, GRID, NOTES, SECOND, PATH))
            .containsExactlyElementsOf(ids(recomputed, GRID, NOTES, SECOND, PATH));
      }
    }
  }

  @Test
  void seedsDecide() {
    Sampler sampler = new Sampler(plain, TEXT);
    List<Row> one = rows(1);
    List<Row> other = rows(1);
    sampler.sample(one, chain(), 1, 0);
    sampler.sample(other, chain(), 2, 0);
    assertThat(ids(one, SECOND).get(0)).isNotEqualTo(ids(other, SECOND).get(0));
  }

  @Test
  void severalTimesAtOnceAreTheTimesOneByOne() {
    Sampler sampler = new Sampler(everything, TEXT);
    long[] seeds = {3, 4, 5, 6, 7, 8, 9};
    for (Link link :
        List.of(
            new Link(NOTES, TinySampling.roar(1), Guidance.byGiven(2)),
            new Link(SECOND, TinySampling.roar(1), twoTerms()),
            new Link(SECOND, TinySampling.maskgit(3), Guidance.NONE))) {
      List<Row> rows = rows(3);
      List<List<Row>> all = sampler.sampleEach(rows, link, seeds, 0);
      for (int i = 0; i < seeds.length; i++) {
        List<Row> alone = rows(3);
        sampler.sample(alone, List.of(link), seeds[i], 0);
        assertThat(ids(all.get(i), link.modality()))
            .containsExactlyElementsOf(ids(alone, link.modality()));
      }
      assertThat(rows.get(0).get(link.modality())).isNull();
    }
  }

  @Test
  void keepsWhatIsKnownOfAGrid() {
    Row row = TinySampling.row(2);
    Known.Grid known = (Known.Grid) row.get(GRID);
    int[] before = known.tokens().clone();
    new Sampler(plain, TEXT)
        .sample(List.of(row), List.of(new Link(GRID, TinySampling.maskgit(5))), 0, 0);
    Known.Grid grid = (Known.Grid) row.get(GRID);
    for (int i = 0; i < 6; i++) {
      assertThat(grid.tokens()[i]).isEqualTo(before[i]);
    }
    assertThat(Places.where(grid.visible(), false)).isEmpty();
  }

  @Test
  void fillsTheGapsOfASequenceAndKeepsTheRest() {
    int[] given = {30, TEXT.sentinel(4), 31, 32, TEXT.sentinel(4)};
    for (long seed = 0; seed < 8; seed++) {
      Row row = TinySampling.row(0);
      row.set(NOTES, new Known.Sequence(given));
      new Sampler(plain, TEXT)
          .sample(List.of(row), List.of(new Link(NOTES, TinySampling.roar(1))), seed, 0);
      int[] ids = ((Known.Sequence) row.get(NOTES)).ids();
      assertThat(ids).startsWith(30).containsSubsequence(30, 31, 32).hasSizeLessThanOrEqualTo(9);
      assertThat(IntStream.of(ids).filter(TEXT::isSentinel).toArray()).isEmpty();
    }
  }

  @Test
  void aCompleteSequenceStaysAndOneWithHolesConditions() {
    Row row = TinySampling.row(0);
    row.set(NOTES, new Known.Sequence(new int[] {33, 34}));
    row.set(PATH, new Known.Sequence(new int[] {40, TEXT.sentinel(1), 41}));
    new Sampler(plain, TEXT)
        .sample(
            List.of(row),
            List.of(
                new Link(NOTES, TinySampling.roar(1)),
                new Link(CODES, TinySampling.roar(1), Guidance.byGiven(3))),
            0,
            0);
    assertThat(ids(List.of(row), NOTES, PATH))
        .containsExactly(new int[] {33, 34}, new int[] {40, TEXT.sentinel(1), 41});
  }

  @Test
  void drawsNoMoreThanAskedFor() {
    SamplingRecipe two =
        new SamplingRecipe("maskgit", 1, "linear", 1, "constant", 0, 0, 1, 0, 2, false);
    List<Row> rows = rows(2);
    new Sampler(plain, TEXT).sample(rows, List.of(new Link(PATH, two)), 0, 0);
    assertThat(ids(rows, PATH)).allSatisfy(ids -> assertThat(ids).hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void hiddenPartsOfInputsDoNotMatter() {
    float[] vectors = new float[6 * 5];
    boolean[] visible = {true, false, false, true, true, false};
    List<float[]> seen = new ArrayList<>();
    for (float hidden : new float[] {0, 9}) {
      for (int i = 5; i < 15; i++) {
        vectors[i] = hidden;
      }
      Row row = TinySampling.row(0);
      row.set(VECTORS, new Known.Vectors(vectors.clone(), visible));
      float[] pixels = ((Known.Pixels) row.get(PIXELS)).pixels();
      pixels[0] = hidden;
      seen.add(logits(row, new Link(CODES, TinySampling.roar(1))));
    }
    assertThat(seen.get(0)).containsExactly(seen.get(1));
  }

  /** Logits of all places of a grid that is drawn in one step. */
  private static float[] logits(Row row, Link link) {
    List<float[]> seen = new ArrayList<>();
    Choices seeded = new SeededChoices(0, 0);
    Choices choices =
        new Choices() {
          @Override
          public int[] places(int r, int modality, int[] open, int count) {
            return open;
          }

          @Override
          public int token(int r, int modality, int place, Logits logits, float[] out) {
            seen.add(logits.values());
            return seeded.token(r, modality, place, logits, out);
          }

          @Override
          public int[] keep(
              int r, int modality, int[] places, float[] sure, int count, double noise) {
            throw new AssertionError("one step keeps everything");
          }
        };
    new Sampler(plain, TEXT).sample(List.of(row), List.of(link), choices, SamplingListener.NONE);
    return seen.get(0);
  }

  @Test
  void weighsManyConditionsAsTheFormulaSays() {
    Row all = TinySampling.row(1);
    all.set(VECTORS, new Known.Vectors(new float[] {1, 2, 3, 4, 5}, 1));
    int[] conditions = {PIXELS, GRID, VECTORS};
    double[] weights = {2.0, -0.75, 0.4};
    List<Guidance.Term> terms =
        IntStream.range(0, 3)
            .mapToObj(i -> new Guidance.Term(Set.of(conditions[i]), weights[i]))
            .toList();
    float[] guided =
        logits(all.copy(), new Link(CODES, TinySampling.roar(1), new Guidance(terms, false, 1)));

    // A hidden picture or grid is not there; hidden vectors leave one of zeros.
    float[] none = logits(only(all, -1), unguided());
    double[] expected = IntStream.range(0, none.length).mapToDouble(i -> none[i]).toArray();
    for (int t = 0; t < 3; t++) {
      float[] one = logits(only(all, conditions[t]), unguided());
      for (int i = 0; i < one.length; i++) {
        expected[i] += weights[t] * (one[i] - none[i]);
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) guided[i]).isCloseTo(expected[i], within(1e-4));
    }
    assertThat(guided).isNotEqualTo(none);
  }

  private static Link unguided() {
    return new Link(CODES, TinySampling.roar(1), Guidance.NONE);
  }

  /** The words, which are in no term, and one condition. */
  private static Row only(Row all, int condition) {
    Row row = new Row(8);
    row.set(WORDS, all.get(WORDS));
    row.set(VECTORS, new Known.Vectors(new float[5], new boolean[1]));
    if (condition >= 0) {
      row.set(condition, all.copy().get(condition));
    }
    return row;
  }

  @Test
  void weightsThatAddUpToOneNeedNoPassWithoutConditions() {
    Guidance half =
        new Guidance(
            List.of(new Guidance.Term(Set.of(PIXELS), 0.5), new Guidance.Term(Set.of(WORDS), 0.5)),
            false,
            1);
    Passes passes =
        new PassPlan(plain.modalities(), Set.of(PIXELS, WORDS))
            .of(List.of(new Link(CODES, TinySampling.roar(1), half)), List.of());
    assertThat(passes.count()).isEqualTo(2);
    assertThat(passes.unconditional()).isFalse();
  }

  @Test
  void gridsSampledTogetherDoNotSeeEachOther() {
    SamplingRecipe at = TinySampling.roar(1);
    List<Link> chain =
        List.of(
            new Link(CODES, at, Guidance.byGiven(2)),
            new Link(SECOND, TinySampling.together(at), Guidance.byGiven(3)));
    List<Row> together = rows(2);
    new Sampler(plain, TEXT).sample(together, chain, 5, 0);
    for (Link link : chain) {
      List<Row> alone = rows(2);
      new Sampler(plain, TEXT).sample(alone, List.of(link), 5, 0);
      assertThat(ids(together, link.modality()))
          .containsExactlyElementsOf(ids(alone, link.modality()));
    }
    List<Row> apart = rows(2);
    List<Link> separate = List.of(chain.get(0), new Link(SECOND, at, Guidance.byGiven(3)));
    new Sampler(plain, TEXT).sample(apart, separate, 5, 0);
    assertThat(ids(apart, SECOND).get(0)).hasSize(9);
  }

  @Test
  void confidenceNoiseChangesWhatStays() {
    SamplingRecipe base = TinySampling.maskgit(4);
    SamplingRecipe noisy =
        new SamplingRecipe("maskgit", 4, "cosine", 1.0, "linear", 0, 0.9, 1.0, 5.0, 0, false);
    List<Row> quiet = rows(1);
    List<Row> loud = rows(1);
    new Sampler(plain, TEXT).sample(quiet, List.of(new Link(SECOND, base)), 0, 0);
    new Sampler(plain, TEXT).sample(loud, List.of(new Link(SECOND, noisy)), 0, 0);
    assertThat(ids(loud, SECOND).get(0)).isNotEqualTo(ids(quiet, SECOND).get(0));
  }

  @Test
  void samplesWithoutAnyCondition() {
    for (AnyToAnyModel model : List.of(plain, everything)) {
      List<Row> rows = List.of(new Row(8), new Row(8));
      new Sampler(model, TEXT)
          .sample(
              rows,
              List.of(
                  new Link(SECOND, TinySampling.maskgit(3)), new Link(NOTES, TinySampling.roar(1))),
              0,
              0);
      assertThat(ids(rows, SECOND)).allSatisfy(ids -> assertThat(ids).hasSize(9));
    }
  }

  @Test
  void samplesInBfloat16() {
    try (AnyToAnyModel model = TinySampling.everything(Precision.BFLOAT16)) {
      List<Row> rows = rows(3);
      new Sampler(model, TEXT).sample(rows, chain(), 0, 0);
      assertThat(ids(rows, SECOND)).allSatisfy(ids -> assertThat(ids).hasSize(9));
    }
  }

  @Test
  void leavesNoTensorsBehind() {
    Sampler sampler = new Sampler(everything, TEXT);
    sampler.sample(rows(2), chain(), 0, 0);
    int before = everything.scope().liveTensors();
    for (int i = 0; i < 4; i++) {
      sampler.sample(rows(2), chain(), i, 0);
      sampler.sampleEach(rows(2), chain().get(1), new long[] {1, 2, 3}, 0);
      assertThatThrownBy(() -> sampler.sample(rows(2), chain(), 0, 0, stopping(4)))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(everything.scope().liveTensors()).isEqualTo(before);
  }

  private static SamplingListener stopping(int after) {
    return new SamplingListener() {
      private int asked;

      @Override
      public boolean stopped() {
        return asked++ == after;
      }
    };
  }

  @Test
  void tellsOfEachFinishedLinkInOrder() {
    List<Integer> finished = new ArrayList<>();
    SamplingListener listener =
        new SamplingListener() {
          @Override
          public void finished(Link link, List<Row> rows) {
            assertThat(rows.get(0).get(link.modality())).isNotNull();
            finished.add(link.modality());
          }
        };
    new Sampler(plain, TEXT).sample(rows(1), chain(), 0, 0, listener);
    assertThat(finished).containsExactly(GRID, NOTES, SECOND, PATH);
  }

  @Test
  void saysWhatIsWrongWithAChain() {
    assertWrong(new Link(8, TinySampling.roar(1)), "modality number 8", "0 to 7");
    assertWrong(new Link(PIXELS, TinySampling.roar(1)), "pixels is not an output", "codes, grid");
    Guidance absent = new Guidance(List.of(new Guidance.Term(Set.of(VECTORS), 2)), false, 1);
    assertWrong(
        new Link(CODES, TinySampling.roar(1), absent),
        "codes is guided by vectors",
        "neither given nor sampled",
        "grid, pixels, words");
    Guidance itself = new Guidance(List.of(new Guidance.Term(Set.of(CODES), 2)), false, 1);
    assertWrong(new Link(CODES, TinySampling.roar(1), itself), "condition of itself");
    Sampler sampler = new Sampler(plain, TEXT);
    Link codes = new Link(CODES, TinySampling.roar(1));
    assertThatThrownBy(() -> sampler.sample(rows(1), List.of(codes, codes), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("codes is sampled by two links");
    assertThatThrownBy(() -> sampler.sample(List.of(), List.of(codes), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no rows");
  }

  private static void assertWrong(Link link, String... parts) {
    List<Row> rows = rows(1);
    assertThatThrownBy(() -> new Sampler(plain, TEXT).sample(rows, List.of(link), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void saysWhatIsWrongWithRows() {
    Row small = TinySampling.row(0);
    small.set(PIXELS, new Known.Pixels(new float[12], 16));
    assertWrongRows(List.of(small), "pixels is given with 12 numbers, must be 192");
    Row unknown = TinySampling.row(0);
    unknown.set(WORDS, new Known.Sequence(new int[] {60}));
    assertWrongRows(List.of(unknown), "words is given with the token 60, must be 0 to 59");
    Row mixed = TinySampling.row(0);
    mixed.set(PATH, new Known.Sequence(new int[] {30}));
    assertWrongRows(List.of(TinySampling.row(1), mixed), "row 1 knows grid, path, pixels, words");
    Row form = TinySampling.row(0);
    form.set(SECOND, new Known.Sequence(new int[] {1}));
    assertWrongRows(List.of(form), "second is given as Sequence, but its kind is TokenGrid");
  }

  private static void assertWrongRows(List<Row> rows, String message) {
    Link link = new Link(CODES, TinySampling.roar(1));
    assertThatThrownBy(() -> new Sampler(plain, TEXT).sample(rows, List.of(link), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesGridsTogetherThatAreGuidedByDifferentConditions() {
    Guidance pixels = new Guidance(List.of(new Guidance.Term(Set.of(PIXELS), 2)), false, 1);
    List<Link> chain =
        List.of(
            new Link(CODES, TinySampling.roar(1), pixels),
            new Link(SECOND, TinySampling.together(TinySampling.roar(1)), Guidance.byGiven(2)));
    assertThatThrownBy(() -> new Sampler(plain, TEXT).sample(rows(1), chain, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("codes and second are sampled together");
  }
}
