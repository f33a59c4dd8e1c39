package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anymod.core.masking.Content;
import org.anymod.core.masking.Keep;
import org.anymod.core.masking.MaskedModalitySpec;
import org.anymod.core.masking.MaskedSample;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingOptions;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.StreamRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped mixture files against the numbers of the published ones. */
class PublishedMixturesTest {
  private static final Path SHIPPED = Path.of("../../examples/mixtures");
  private static final List<String> SEVEN =
      List.of("clip@224", "depth@224", "normal@224", "rgb@224", "semseg@224");

  @TempDir Path folder;

  private static List<String> keys(String set) {
    List<String> keys = new ArrayList<>(List.of("caption", "det", "rgb@224"));
    SEVEN.forEach(name -> keys.add("tok_" + name));
    if (set.equals("21")) {
      keys.addAll(List.of("color_palette", "human_poses", "metadata", "sam_instance"));
      keys.addAll(List.of("t5_caption", "tok_canny_edge@224", "tok_dinov2@224"));
      keys.addAll(List.of("tok_dinov2_global", "tok_imagebind@224", "tok_imagebind_global"));
      keys.add("tok_sam_edge@224");
    } else if (set.equals("sr")) {
      keys.add("rgb@448");
      SEVEN.forEach(name -> keys.add("tok_" + name.replace("224", "448")));
    }
    return keys;
  }

  private static String text(Path mixture, List<String> keys) {
    return "name: m\noutput: o\nmodalities: {"
        + keys.stream().map(key -> '"' + key + "\": {}").collect(Collectors.joining(", "))
        + "}\ndata: {root: d}\nmasking: {mixture_file: '"
        + mixture
        + "'}\n";
  }

  private static List<ComponentRecipe> read(Path mixture, List<String> keys) {
    return RecipeReader.read(
            Recipe.class, "r.yaml", text(mixture, keys), List.of(), PluginSections.none())
        .recipe()
        .masking()
        .mixture();
  }

  @ParameterizedTest
  @CsvSource({
    // mixture, modalities, a key, its input and target concentrations, and its keep schemes
    "mod21_all2allmix_rgb2all_capT5bias, 21, rgb@224, .01 .1 1 10 1000 .05 .05, 0 0 0 0 0 0 0, ",
    "mod21_all2allmix_rgb2all_capT5bias, 21, caption, .01 .1 1 10 0 5 0, .01 .1 1 10 .5 0 .5, r r r r r a r",
    "mod21_all2allmix_rgb2all_capT5bias, 21, t5_caption, .01 .1 1 10 0 0 5, .01 .1 1 10 .5 .5 0, r r r r r r a",
    "mod21_all2allmix_rgb2all_capT5bias, 21, color_palette, .01 .1 1 10 0 .05 .05, .01 .1 1 10 .5 .5 .5, b b b b b b b",
    "mod21_all2allmix_rgb2all_capT5bias, 21, sam_instance, .01 .1 1 10 0 .05 .05, .01 .1 1 10 .5 .5 .5, r r r r r r r",
    "mod21_all2allmix_rgb2all_capT5bias, 21, tok_imagebind_global, .01 .1 1 10 0 .05 .05, .01 .1 1 10 .5 .5 .5, ",
    "mod7_all2allmix_rgb2all_capbias, 7, caption, .01 .1 1 10 0 5, .01 .1 1 10 .5 .5, r r r r r a",
    "mod7_all2allmix_rgb2all_capbias, 7, rgb@224, .01 .1 1 10 1000 .05, 0 0 0 0 0 0, ",
    "mod7_all2all_rgb2all_a0.5, 7, rgb@224, 1000 .5, 0 0, ",
    "mod7_all2all_rgb2all_a0.5, 7, det, 0 .5, .5 .5, r r",
    "mod7_all2all_rgb2dense_a0.5, 7, caption, 0 .5, 0 .5, r r",
    "mod7_all2all_rgb2dense_a0.5, 7, tok_depth@224, 0 .5, .5 .5, ",
    "caption_bias_a0.2_a1.0, 7, caption, 5 .2 1, 1 1 1, a r r",
    "caption_bias_a0.2_a1.0, 7, tok_rgb@224, .05 .2 1, 1 1 1, ",
    "mod7_superres_caption_rgb_bias, sr, caption, .05 5 .2 1, 0 0 0 0, r a r r",
    "mod7_superres_caption_rgb_bias, sr, tok_rgb@448, 5 .05 .2 1, 5 1 1 1, ",
    "mod7_superres_caption_rgb_bias, sr, tok_depth@448, .05 .05 .2 1, .05 1 1 1, ",
    "mod7_superres_caption_rgb_bias, sr, tok_rgb@224, 5 .05 .2 1, 0 0 0 0, "
  })
  void hasThePublishedNumbers(
      String mixture, String set, String key, String input, String target, String keep) {
    List<ComponentRecipe> components = read(SHIPPED.resolve(mixture + ".yaml"), keys(set));
    assertThat(components.stream().map(c -> c.input().get(key))).isEqualTo(numbers(input));
    assertThat(components.stream().map(c -> c.target().get(key))).isEqualTo(numbers(target));
    assertThat(
            components.stream()
                .map(c -> letter(c.keep().get(key)))
                .collect(Collectors.joining(" "))
                .strip())
        .isEqualTo(keep == null ? "" : keep);
    assertThat(components)
        .allSatisfy(c -> assertThat(c.input().keySet()).hasSameElementsAs(keys(set)));
  }

  private static List<Double> numbers(String list) {
    return Arrays.stream(list.split(" ")).map(Double::valueOf).toList();
  }

  private static String letter(String keep) {
    return keep == null ? "" : keep.substring(0, 1);
  }

  @Test
  void drawsBiasedComponentsHalfAsOften() {
    List<ComponentRecipe> components =
        read(SHIPPED.resolve("mod21_all2allmix_rgb2all_capT5bias.yaml"), keys("21"));
    assertThat(components.stream().map(ComponentRecipe::weight))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5);
  }

  @Test
  void everyShippedMixtureIsCovered() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "mod21_all2allmix_rgb2all_capT5bias.yaml",
              "mod7_all2allmix_rgb2all_capbias.yaml",
              "mod7_all2all_rgb2all_a0.5.yaml",
              "mod7_all2all_rgb2dense_a0.5.yaml",
              "caption_bias_a0.2_a1.0.yaml",
              "mod7_superres_caption_rgb_bias.yaml");
    }
  }

  /** Tokens used of a budget of 1024 each, after clamping; the same with all as grids. */
  @ParameterizedTest
  @CsvSource({"0, 739, 332", "1, 357, 1023", "2, 853, 1005", "3, 1001, 1020"})
  void usesBudgetsAsThePublishedSuperResolutionMixture(int component, int input, int target) {
    ComponentRecipe recipe =
        read(SHIPPED.resolve("mod7_superres_caption_rgb_bias.yaml"), keys("sr")).get(component);
    List<MaskedModalitySpec> specs = new ArrayList<>();
    for (String key : keys("sr")) {
      int tokens = key.endsWith("448") ? 784 : key.endsWith("224") ? 196 : 256;
      Kind grid = new Kind.TokenGrid(1, tokens, 16, Kind.Positions.SINE_COSINE);
      specs.add(
          new MaskedModalitySpec(
              Declaration.inputAndOutput(key, grid),
              tokens,
              new double[] {recipe.input().get(key)},
              new double[] {recipe.target().get(key)},
              new Keep[] {Keep.RANDOM}));
    }
    MaskingPlan plan =
        new MaskingPlan(specs, new double[] {1}, 1024, 1024, 1024, 1024, MaskingOptions.parity());
    Masker masker = new Masker(plan, new ThreeSentinels());
    Content[] sample = specs.stream().map(spec -> new Content.Grid()).toArray(Content[]::new);
    double inputs = 0;
    double targets = 0;
    int n = 1000;
    for (int i = 0; i < n; i++) {
      MaskedSample masked = masker.mask(sample, StreamRandom.at(5, "masking", component, i));
      inputs += masked.inputTokens();
      targets += masked.targetTokens();
    }
    // Three standard errors of a thousand heavy-tailed draws.
    assertThat(inputs / n).isCloseTo(input, Offset.offset(28.0));
    assertThat(targets / n).isCloseTo(target, Offset.offset(28.0));
  }

  private record ThreeSentinels() implements SpecialTokens {
    @Override
    public int eos() {
      return 1;
    }

    @Override
    public int sentinel(int k) {
      return 2 + k;
    }

    @Override
    public boolean isSentinel(int id) {
      return id >= 2 && id < 5;
    }

    @Override
    public int sentinels() {
      return 3;
    }
  }

  @Test
  void readsAnotherResolutionAndLooksBesideTheRecipe() throws IOException {
    Path recipe = folder.resolve("recipes/r.yaml");
    Files.createDirectories(recipe.getParent().resolve("m"));
    Files.writeString(
        recipe.getParent().resolve("m/x.yaml"),
        "a@224: {input_alphas: [1, 2], target_alphas: [0, .5]}\n"
            + "b: {input_alphas: [0, 3], target_alphas: [1.0e+1, 0], keep: [all, binary]}\n"
            + "unused: {input_alphas: [7]}\n");
    Files.writeString(recipe, text(Path.of("m/x.yaml"), List.of("a@64", "b")));
    List<ComponentRecipe> components =
        RecipeReader.read(recipe, List.of(), PluginSections.none()).recipe().masking().mixture();
    assertThat(components).hasSize(2);
    assertThat(components.get(1).input()).containsEntry("a@64", 2.0).containsEntry("b", 3.0);
    assertThat(components.get(0).target()).containsEntry("b", 10.0);
    assertThat(components.get(1).keep()).containsOnly(java.util.Map.entry("b", "binary"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {input_alphas: [1, 2], target_alphas: [1]}| x.yaml:1:42: a.target_alphas: found 1 elements",
        "a: {input_alphas: [1]}                        | x.yaml:1:4: a.target_alphas: missing",
        "a: {input_alphas: [-1], target_alphas: [1]}   | x.yaml:1:20: masking.mixture.0.input.a: found number -1",
        "a: {input_alpha: [1]}                         | a.input_alpha: unknown key",
        "a@1: {}\\na@2: {}                             | found the entries [a@1, a@2] for 'a'",
        "b: {input_alphas: [1], target_alphas: [1]}    | found no entry for 'a'",
        "alphas_mixture: {}                            | alphas_mixture: found without sampling_weights",
        "[a]                                           | found a list"
      })
  void saysWhereAMixtureFileIsWrong(String yaml, String message) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, yaml.replace("\\n", "\n"));
    assertThatThrownBy(() -> read(file, List.of("a"))).hasMessageContaining(message);
  }

  @Test
  void refusesAMixtureBesideItsFileAndAFileThatIsNotThere() {
    Path file = SHIPPED.resolve("mod7_all2all_rgb2all_a0.5.yaml");
    String both = text(file, keys("7")).replace("masking: {", "masking: {mixture: [{}], ");
    assertThatThrownBy(
            () -> RecipeReader.read(Recipe.class, "r.yaml", both, List.of(), PluginSections.none()))
        .hasMessageContaining("masking.mixture_file: found beside masking.mixture");
    assertThatThrownBy(() -> read(folder.resolve("none.yaml"), List.of("a")))
        .hasMessageContaining("found no file")
        .hasMessageContaining("none.yaml");
  }
}
