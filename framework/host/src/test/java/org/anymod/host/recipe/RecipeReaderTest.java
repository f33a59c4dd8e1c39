package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.host.recipe.Samples.Edges;
import org.anymod.host.recipe.Samples.Everything;
import org.anymod.host.recipe.Samples.Needy;
import org.anymod.host.recipe.Samples.Pace;
import org.anymod.host.recipe.Samples.Toy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeReaderTest {
  private static final String GOOD = "name: toy\ntraining: {steps: 100}\n";
  private static final PluginSections SECTIONS =
      () -> Map.of("edges", Edges.class, "needy", Needy.class);

  @TempDir Path folder;

  @Test
  void fillsDefaults() {
    Toy toy = Samples.toy(GOOD).recipe();
    assertThat(toy.name()).isEqualTo("toy");
    assertThat(toy.seed()).isZero();
    assertThat(toy.device()).isEqualTo("cpu");
    assertThat(toy.flip()).isTrue();
    assertThat(toy.folder()).isEmpty();
    assertThat(toy.sizes()).isEmpty();
    assertThat(toy.tokenizers()).isEmpty();
    assertThat(toy.training().batch()).isEqualTo(8);
    assertThat(toy.training().learningRate()).isEqualTo(1e-4);
    assertThat(toy.training().pace()).isEqualTo(Pace.VERY_FAST);
  }

  @Test
  void bindsEveryType() {
    String text =
        """
        whole: -3
        big: 12_345_678_901
        real: 1e-4
        flag: false
        text: "5"
        path: ~/data/x
        pace: very_fast
        maybe: hello
        maybe_int: 4
        maybe_long: 5
        maybe_double: 6
        list: [a, 'b c']
        map: {x: 1, y: 2}
        lists: {z: [1, 2.5]}
        free: {a: 1, b: [x, 2.0, true, 9999999999]}
        """;
    Everything all =
        RecipeReader.read(Everything.class, "all.yaml", text, List.of(), PluginSections.none())
            .recipe();
    assertThat(all.whole()).isEqualTo(-3);
    assertThat(all.big()).isEqualTo(12_345_678_901L);
    assertThat(all.real()).isEqualTo(1e-4);
    assertThat(all.flag()).isFalse();
    assertThat(all.text()).isEqualTo("5");
    assertThat(all.path()).isEqualTo(Path.of(System.getProperty("user.home"), "data", "x"));
    assertThat(all.pace()).isEqualTo(Pace.VERY_FAST);
    assertThat(all.maybe()).contains("hello");
    assertThat(all.maybeInt()).hasValue(4);
    assertThat(all.maybeLong()).hasValue(5);
    assertThat(all.maybeDouble()).hasValue(6);
    assertThat(all.list()).containsExactly("a", "b c");
    assertThat(all.map()).containsExactly(Map.entry("x", 1), Map.entry("y", 2));
    assertThat(all.lists()).containsEntry("z", List.of(1.0, 2.5));
    assertThat(all.free()).isEqualTo(Map.of("a", 1, "b", List.of("x", 2.0, true, 9_999_999_999L)));
  }

  @Test
  void keepsOrderOfMaps() {
    Toy toy = Samples.toy(GOOD + "tokenizers: {z@1: {}, a@2: {}, m@3: {}}\n").recipe();
    assertThat(toy.tokenizers().keySet()).containsExactly("z@1", "a@2", "m@3");
  }

  @Test
  void replacesAliasesAndMerges() {
    Toy toy =
        Samples.toy(
                GOOD
                    + "tokenizers:\n  a: &a {steps: 7, vocabulary: 9}\n  b: *a\n  c: {<<: *a, steps: 8}\n")
            .recipe();
    assertThat(toy.tokenizers().get("b")).isEqualTo(toy.tokenizers().get("a"));
    assertThat(toy.tokenizers().get("c").steps()).isEqualTo(8);
    assertThat(toy.tokenizers().get("c").vocabulary()).isEqualTo(OptionalInt.of(9));
  }

  @Test
  void readsFilesWithByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("bom.yaml"), "\uFEFF" + GOOD);
    assertThat(RecipeReader.read(Toy.class, file, List.of(), PluginSections.none()).recipe().name())
        .isEqualTo("toy");
  }

  @Test
  void reportsFilesThatCannotBeRead() throws IOException {
    assertThat(fileProblem(folder.resolve("none.yaml"))).contains("none.yaml:1:1: does not exist");
    assertThat(fileProblem(folder)).contains("is not a regular file");
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(Limits.BYTES + 1));
    assertThat(fileProblem(large)).contains("found more than 1048576 bytes");
    Path latin =
        Files.write(
            folder.resolve("latin.yaml"), "a: b\nc: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(fileProblem(latin)).contains("latin.yaml:2:4: found bytes that are not UTF-8");
  }

  private static String fileProblem(Path file) {
    try {
      RecipeReader.read(Toy.class, file, List.of(), PluginSections.none());
    } catch (RecipeException e) {
      assertThat(e.problems()).hasSize(1);
      return e.getMessage();
    }
    throw new AssertionError("no problem was found");
  }

  @Test
  void bindsSectionsOfPlugins() {
    BoundRecipe<Toy> bound =
        RecipeReader.read(
            Toy.class,
            "toy.yaml",
            GOOD + "plugins: {edges: {threshold: 5}, needy: {token: x}}\n",
            List.of(),
            SECTIONS);
    assertThat(bound.sections()).isEqualTo(Map.of("edges", new Edges(5), "needy", new Needy("x")));
  }

  @Test
  void fillsSectionsThatARecipeLeavesOutIfTheyNeedNothing() {
    assertThat(RecipeReader.read(Toy.class, "toy.yaml", GOOD, List.of(), SECTIONS).sections())
        .isEqualTo(Map.of("edges", new Edges(3)));
    assertThat(RecipeReader.defaults(SECTIONS)).isEqualTo(Map.of("edges", new Edges(3)));
  }

  @Test
  void reportsMistakesInSections() {
    String text = GOOD + "plugins:\n  edgse: {}\n  edges: {threshold: 12}\n  needy: {}\n";
    assertThatThrownBy(() -> RecipeReader.read(Toy.class, "toy.yaml", text, List.of(), SECTIONS))
        .isInstanceOfSatisfying(
            RecipeException.class,
            e -> {
              assertThat(e.problems())
                  .extracting(RecipeProblem::key)
                  .containsExactly(
                      "plugins.edgse", "plugins.edges.threshold", "plugins.needy.token");
              assertThat(e.problems().get(0).nearest()).isEqualTo(Optional.of("edges"));
              assertThat(e.problems().get(0).allowed()).contains("edges").contains("needy");
            });
    assertThatThrownBy(
            () ->
                RecipeReader.read(
                    Toy.class, "toy.yaml", GOOD + "plugins: 4\n", List.of(), SECTIONS))
        .hasMessageContaining("plugins: found number 4; allowed: a mapping");
  }

  record Unsupported(Thread thread) {}

  @Test
  void refusesRecordsThatCannotBeSettings() {
    assertThatThrownBy(
            () -> RecipeReader.read(Unsupported.class, "x", "{}", List.of(), PluginSections.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component thread has type java.lang.Thread");
  }
}
