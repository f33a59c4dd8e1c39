package org.anymod.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the steps and conditions of chains with those that the reference system builds. */
class ChainedScheduleTest {
  private final List<String> keys = new ArrayList<>();
  private final List<ModelModality> modalities = new ArrayList<>();

  private record Target(String key, SamplingRecipe settings, double[] scales, int tokens) {}

  private int index(String key) {
    return keys.indexOf(key);
  }

  private void declare(List<String> all, JsonNode types) {
    for (String key : all) {
      String type = types.path(key).asText("img");
      Kind kind =
          type.equals("img")
              ? new Kind.TokenGrid(14, 14, 512, Kind.Positions.SINE_COSINE)
              : new Kind.TextSequence(256, 256);
      keys.add(key);
      modalities.add(new ModelModality(Declaration.inputAndOutput(key, kind), 512));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "demo_rgb2all, DEFAULTS_RGB2X",
    "demo_caption2all, DEFAULTS_X2RGB",
    "demo_sr, DEFAULTS_SR",
    "roar49_25_onex, ",
    "maskgit_cosine_linear_temp_multiguided, ",
    "mixed, "
  })
  void plansThePublishedSteps(String name, String table) throws IOException {
    JsonNode file = PublishedGeneration.read("/generation/chained_schedules.json");
    JsonNode item = file.get("cases").get(name);
    JsonNode args = item.has("args") ? item.get("args") : item;
    List<String> conditions = PublishedGeneration.strings(args.get("cond_domains"));
    List<String> targets = PublishedGeneration.strings(args.get("target_domains"));
    declare(
        Stream.concat(conditions.stream(), targets.stream()).toList(), file.get("modality_types"));
    boolean grow = args.get("cfg_grow_conditioning").asBoolean();
    List<JsonNode> rest = new ArrayList<>();
    item.get("schedule").forEach(rest::add);
    List<Integer> finished = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Target target =
          table == null ? ofArguments(args, i) : ofTable(file.get(table), targets.get(i));
      int steps = checkSteps(target, rest);
      checkConditions(target, conditions, grow, finished, rest.get(0));
      rest = rest.subList(steps, rest.size());
      finished.add(index(target.key()));
    }
    assertThat(rest).isEmpty();
  }

  private static Target ofArguments(JsonNode args, int i) {
    JsonNode scale = args.get("cfg_scales").get(i);
    return target(
        args.get("target_domains").get(i).asText(),
        args.get("autoregression_schemes").get(i),
        args.get("decoding_steps").get(i),
        args.get("token_decoding_schedules").get(i),
        args.get("temps").get(i),
        args.get("temp_schedules").get(i),
        scale,
        args.get("tokens_per_target").get(i).asInt());
  }

  private static Target ofTable(JsonNode table, String key) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      if (List.of(entry.getKey().split("/")).contains(key)) {
        JsonNode row = entry.getValue();
        return target(
            key,
            row.get("autoregression_scheme"),
            row.get("decoding_steps"),
            row.get("token_decoding_schedule"),
            row.get("temp"),
            row.get("temp_schedule"),
            row.get("cfg_scale"),
            row.get("tokens_per_target").asInt());
      }
    }
    throw new IllegalArgumentException(key);
  }

  private static Target target(
      String key,
      JsonNode scheme,
      JsonNode steps,
      JsonNode schedule,
      JsonNode temperature,
      JsonNode temperatures,
      JsonNode scale,
      int tokens) {
    SamplingRecipe settings =
        new SamplingRecipe(
            scheme.asText(),
            steps.asInt(1),
            schedule.isNull() ? "linear" : schedule.asText(),
            temperature.asDouble(),
            temperatures.asText(),
            0,
            0.8,
            1.0);
    double[] scales =
        scale.isArray()
            ? IntStream.range(0, scale.size()).mapToDouble(k -> scale.get(k).asDouble()).toArray()
            : new double[] {scale.asDouble()};
    return new Target(key, settings, scales, tokens);
  }

  /** Returns the number of steps. */
  private static int checkSteps(Target target, List<JsonNode> steps) {
    assertThat(steps.get(0).get("target_domain").asText()).isEqualTo(target.key());
    if (target.settings().scheme().equals("autoregressive")) {
      assertThat(steps.get(0).get("num_tokens").isNull()).isTrue();
      assertThat(target.settings().temperature())
          .isEqualTo(steps.get(0).get("temperature").asDouble());
      return 1;
    }
    GridPlan plan = GridPlan.of(target.settings(), target.tokens());
    for (int i = 0; i < plan.steps(); i++) {
      JsonNode step = steps.get(i);
      assertThat(step.get("target_domain").asText()).isEqualTo(target.key());
      assertThat(plan.count(i)).isEqualTo(step.get("num_tokens").asInt());
      assertThat(plan.temperatures()[i])
          .isCloseTo(step.get("temperature").asDouble(), within(1e-9));
    }
    return plan.steps();
  }

  private void checkConditions(
      Target target, List<String> given, boolean grow, List<Integer> finished, JsonNode step) {
    List<Guidance.Term> terms = new ArrayList<>();
    if (target.scales().length == 1) {
      Set<Integer> all = new TreeSet<>(given.stream().map(this::index).toList());
      terms.add(new Guidance.Term(all, target.scales()[0]));
    } else {
      for (int k = 0; k < given.size(); k++) {
        terms.add(new Guidance.Term(Set.of(index(given.get(k))), target.scales()[k]));
      }
    }
    Link link = new Link(index(target.key()), target.settings(), new Guidance(terms, grow, 1));
    Passes passes = new PassPlan(modalities, Set.of()).of(List.of(link), finished);
    if (target.scales().length == 1 && target.scales()[0] == 1.0) {
      assertThat(passes.count()).isEqualTo(1);
      return;
    }
    Set<Integer> hidden = new TreeSet<>();
    step.get("cfg_cond_domains").forEach(key -> hidden.add(index(key.asText())));
    assertThat(passes.hidden().get(passes.count() - 1)).isEqualTo(hidden);
    assertThat(passes.weights().get(0)).containsExactly(target.scales());
  }
}
