package org.anymod.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anymod.core.benchmark.FixedTokens;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.recipe.SamplingRecipe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares sampling with what the reference system generated, id for id. */
class GenerationFixtureTest {
  /** Ids 0 to 3 are [PAD] [UNK] [SOS] [EOS], then 200 sentinels. */
  private static final SpecialTokens TEXT = new FixedTokens(200);

  private static PublishedGeneration published;

  @BeforeAll
  static void open() throws IOException {
    published = new PublishedGeneration();
  }

  @AfterAll
  static void close() {
    published.close();
  }

  static Stream<Arguments> cases() throws IOException {
    JsonNode file = PublishedGeneration.read("/generation/cases.json");
    return StreamSupport.stream(file.get("cases").spliterator(), false)
        .flatMap(
            recorded ->
                Stream.of(true, false)
                    .map(caches -> Arguments.of(recorded.get("name").asText(), caches, recorded)));
  }

  private static Sampler sampler(boolean caches) {
    return caches
        ? new Sampler(published.model(), TEXT)
        : Sampler.withoutCaches(published.model(), TEXT);
  }

  @ParameterizedTest(name = "{0}, caches {1}")
  @MethodSource("cases")
  void samplesThePublishedIds(String name, boolean caches, JsonNode recorded) {
    List<Row> rows = published.rows(recorded);
    List<Link> chain = chain(name, recorded);
    // The reference ends this case at an id of its own; here only sentinels and the end token end.
    boolean early = name.contains("early_eos");
    Choices choices =
        new RecordedChoices(published, recorded, name.endsWith("_ties"), early ? 428 : -1);
    sampler(caches).sample(rows, chain, choices, SamplingListener.NONE);
    recorded
        .get("final")
        .properties()
        .forEach(
            entry -> {
              int m = published.index(entry.getKey());
              JsonNode expected =
                  entry.getValue().has("tensor")
                      ? entry.getValue().get("tensor")
                      : entry.getValue();
              for (int r = 0; r < rows.size(); r++) {
                int[] ids = PublishedGeneration.ints(expected.get(r));
                int length = early ? ids.length - 1 : ids.length;
                assertThat(ids(rows.get(r).get(m)))
                    .as("%s of row %d", entry.getKey(), r)
                    .containsExactly(IntStream.of(ids).limit(length).toArray());
              }
            });
  }

  private static int[] ids(Known known) {
    return known instanceof Known.Grid grid ? grid.tokens() : ((Known.Sequence) known).ids();
  }

  /** The links that a flat list of steps comes from. */
  private static List<Link> chain(String name, JsonNode recorded) {
    boolean grow = name.startsWith("chained");
    Set<Integer> given = new TreeSet<>();
    published.rows(recorded).get(0);
    List<Link> chain = new ArrayList<>();
    for (List<JsonNode> steps : byTarget(recorded.get("schedule")).values()) {
      JsonNode first = steps.get(0);
      Set<Integer> conditions = new TreeSet<>();
      for (JsonNode key : first.get("cfg_cond_domains")) {
        conditions.add(published.index(key.asText()));
      }
      if (given.isEmpty()) {
        given.addAll(conditions);
      }
      double scale = first.get("cfg_scale").asDouble();
      Set<Integer> own = grow ? given : conditions;
      Guidance guidance =
          scale == 1.0
              ? Guidance.NONE
              : new Guidance(List.of(new Guidance.Term(own, scale)), grow, 1);
      SamplingRecipe settings = settings(name, recorded, steps);
      checkPlan(settings, steps);
      chain.add(new Link(published.index(first.get("target_domain").asText()), settings, guidance));
    }
    return chain;
  }

  private static Map<String, List<JsonNode>> byTarget(JsonNode schedule) {
    return StreamSupport.stream(schedule.spliterator(), false)
        .collect(
            Collectors.groupingBy(
                step -> step.get("target_domain").asText(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static SamplingRecipe settings(String name, JsonNode recorded, List<JsonNode> steps) {
    double first = steps.get(0).get("temperature").asDouble();
    String target = steps.get(0).get("target_domain").asText();
    String temperatures = "constant";
    if (name.contains("onex")) {
      first = 3.0;
      temperatures = "onex:0.5:0.5";
    } else if (name.contains("lineartemp") || name.contains("t5_4steps")) {
      temperatures = "linear";
    }
    int slots = 0;
    if (steps.get(0).get("num_tokens").isNull()) {
      for (JsonNode hidden : recorded.get("initial").get(target).get("target_mask").get(0)) {
        slots += hidden.asBoolean() || hidden.asInt() != 0 ? 0 : 1;
      }
    }
    return new SamplingRecipe(
        steps.get(0).get("scheme").asText().equals("roar") ? "roar" : "maskgit",
        name.contains("20steps") ? 20 : steps.size(),
        name.contains("cosine") ? "cosine" : "linear",
        first,
        temperatures,
        recorded.get("top_k").asDouble(),
        recorded.get("top_p").asDouble(),
        1.0,
        0.0,
        slots,
        false);
  }

  private static void checkPlan(SamplingRecipe settings, List<JsonNode> steps) {
    if (steps.get(0).get("num_tokens").isNull()) {
      return;
    }
    int[] counts = steps.stream().mapToInt(step -> step.get("num_tokens").asInt()).toArray();
    GridPlan plan = GridPlan.of(settings, IntStream.of(counts).sum());
    assertThat(plan.counts()).containsExactly(counts);
    for (int i = 0; i < counts.length; i++) {
      assertThat(plan.temperatures()[i])
          .isCloseTo(steps.get(i).get("temperature").asDouble(), within(1e-9));
    }
  }

  private JsonNode recorded(String list, String name) throws IOException {
    for (JsonNode item : PublishedGeneration.read("/generation/cases.json").get(list)) {
      if (item.get("name").asText().equals(name)) {
        return item;
      }
    }
    throw new IllegalArgumentException(name);
  }

  @Test
  void ranksByRealProbabilitiesWithoutATemperature() throws IOException {
    // At temperature 0 the reference takes all tokens for equally certain; here they rank as at
    // temperature 1, of which there is a record.
    JsonNode greedy = recorded("cases", "maskgit_8steps_cosine_t0_ties");
    JsonNode ranked = recorded("cases", "maskgit_8steps_cosine_t1_argmax");
    List<Row> rows = published.rows(greedy);
    sampler(true).sample(rows, chain("cosine", greedy), 0, 0);
    JsonNode expected = ranked.get("final").get("tok_depth@224");
    int[] ids =
        PublishedGeneration.ints(
            (expected.has("tensor") ? expected.get("tensor") : expected).get(0));
    assertThat(ids(rows.get(0).get(published.index("tok_depth@224")))).containsExactly(ids);
  }

  private List<Row> twoConditions() {
    Row row = new Row(published.model().modalities().size());
    row.set(published.index("rgb@224"), published.pixels("rgb@224", 0));
    row.set(published.index("tok_dinov2_global"), published.grid("tok_dinov2_global", 0));
    return List.of(row);
  }

  private Link weighted(SamplingRecipe settings) {
    Guidance guidance =
        new Guidance(
            List.of(
                new Guidance.Term(Set.of(published.index("rgb@224")), 2.0),
                new Guidance.Term(Set.of(published.index("tok_dinov2_global")), -0.5)),
            false,
            1);
    return new Link(published.index("tok_depth@224"), settings, guidance);
  }

  @Test
  void weighsSeveralConditions() throws IOException {
    JsonNode item = recorded("multi_guided", "multi_guided_maskgit");
    List<Row> rows = twoConditions();
    SamplingRecipe settings =
        new SamplingRecipe("maskgit", 4, "linear", 1.0, "constant", 0, 0, 1.0);
    Choices choices = new RecordedChoices(published, item, false, -1);
    sampler(true).sample(rows, List.of(weighted(settings)), choices, SamplingListener.NONE);
    assertThat(ids(rows.get(0).get(published.index("tok_depth@224"))))
        .containsExactly(PublishedGeneration.ints(item.get("final").get(0)));
  }

  @Test
  void weighsSeveralConditionsInRandomOrder() throws IOException {
    // From its second step on the reference compares logits of different places. Its first step is
    // sound, and so are all of ours.
    JsonNode item = recorded("multi_guided", "multi_guided_roar");
    int[] first = PublishedGeneration.ints(item.get("decoder_positions_per_call").get(0).get(0));
    int[] expected = PublishedGeneration.ints(item.get("final").get(0));
    List<Row> rows = twoConditions();
    SamplingRecipe settings = new SamplingRecipe("roar", 2, "linear", 0, "constant", 0, 0, 1.0);
    Choices seeded = new SeededChoices(0, 0);
    Choices choices =
        new Choices() {
          @Override
          public int[] places(int row, int modality, int[] open, int count) {
            return open.length == count ? open : IntStream.of(first).sorted().toArray();
          }

          @Override
          public int token(int row, int modality, int place, Logits logits, float[] out) {
            return seeded.token(row, modality, place, logits, out);
          }

          @Override
          public int[] keep(
              int row, int modality, int[] places, float[] sure, int count, double noise) {
            throw new AssertionError("a random order keeps everything");
          }
        };
    sampler(true).sample(rows, List.of(weighted(settings)), choices, SamplingListener.NONE);
    Known.Grid grid = (Known.Grid) rows.get(0).get(published.index("tok_depth@224"));
    for (int place : first) {
      assertThat(grid.tokens()[place]).isEqualTo(expected[place]);
    }
    assertThat(Places.where(grid.visible(), false)).isEmpty();
  }

  @Test
  void fillsGapsAsPublished() throws IOException {
    JsonNode helpers = PublishedGeneration.read("/generation/helpers.json");
    for (JsonNode item : helpers.get("merge_span_masking")) {
      int[] input = PublishedGeneration.ints(item.get("input"));
      int[] decoder = PublishedGeneration.ints(item.get("decoder"));
      assertThat(Gaps.merge(input, decoder, TEXT))
          .containsExactly(PublishedGeneration.ints(item.get("merged")));
    }
    JsonNode empty = helpers.get("init_empty_target_modality(caption,6)");
    int[] ids = PublishedGeneration.ints(empty.get("tensor").get(0));
    Gaps gaps = Gaps.of(null, TEXT).orElseThrow();
    assertThat(gaps.shown()).containsExactly(ids[0]);
    assertThat(gaps.start()).isEqualTo(ids[1]);
    assertThat(gaps.isComplete(new int[] {ids[ids.length - 1]}, 1)).isTrue();
    assertThat(gaps.isComplete(new int[] {300}, 1)).isFalse();
  }

  @Test
  void takesAFractionOfTheVocabulary() {
    SamplingRecipe quarter = new SamplingRecipe("roar", 1, "linear", 1, "constant", 0.25, 0, 1);
    assertThat(Logits.of(new float[12], 0, 12, 1, quarter).topK()).isEqualTo(3);
    SamplingRecipe three = new SamplingRecipe("roar", 1, "linear", 1, "constant", 3.0, 0, 1);
    assertThat(Logits.of(new float[12], 0, 12, 1, three).topK()).isEqualTo(3);
  }
}
