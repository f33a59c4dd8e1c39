package org.anymod.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Injector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginCatalog;
import org.anymod.host.plugins.PluginError;
import org.anymod.host.recipe.BoundRecipe;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeException;
import org.anymod.host.recipe.RecipeReader;
import org.anymod.host.recipe.RecipeSchema;
import org.anymod.host.recipe.RecipeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnymodHostTest {
  private static final String RECIPE =
      """
      name: toy
      output: runs/toy
      resolution: 64
      patch: 8
      modalities:
        alpha@64: {role: input}
        beta: {}
      data: {root: data/toy}
      tokenizers:
        beta: {steps: 200, vocabulary: 256, settings: {dim: 64, loss: mse, rate: 1e-3}}
      masking:
        input_tokens: 32
        mixture:
        - input: {alpha@64: 1.0}
          target: {beta: 0.5}
          keep: {beta: all}
      training: {steps: 100, learning_rate: 2e-3}
      """;

  @TempDir Path folder;

  private Path recipe() throws IOException {
    return Files.writeString(folder.resolve("toy.yaml"), RECIPE);
  }

  @Test
  void readsTheRecipeOfARun() throws IOException {
    try (AnymodHost host = AnymodHost.open(folder)) {
      Recipe recipe =
          host.read(recipe(), List.of("training.steps=10", "tokenizers.beta.settings.dim=32"))
              .recipe();
      assertThat(recipe.output()).isEqualTo(Path.of("runs/toy"));
      assertThat(recipe.training().steps()).isEqualTo(10);
      assertThat(recipe.training().learningRate()).isEqualTo(2e-3);
      assertThat(recipe.modalities().keySet()).containsExactly("alpha@64", "beta");
      assertThat(recipe.masking().mixture().get(0).target()).containsEntry("beta", 0.5);
      assertThat(recipe.tokenizers().get("beta").settings())
          .containsEntry("dim", 32)
          .containsEntry("rate", 1e-3);
      assertThat(recipe.model().dim()).isEqualTo(768);
    }
  }

  @Test
  void writesTheRecipeOfARunSoThatItReadsTheSame() throws IOException {
    try (AnymodHost host = AnymodHost.open(folder)) {
      BoundRecipe<Recipe> recipe = host.read(recipe(), List.of());
      Path written = Files.writeString(folder.resolve("written.yaml"), RecipeWriter.write(recipe));
      assertThat(host.read(written, List.of())).isEqualTo(recipe);
    }
  }

  @Test
  void documentsEverySettingOfARun() {
    assertThat(RecipeSchema.of(Recipe.class))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.description()).isNotEmpty());
  }

  @Test
  void reportsMistakesInTheRecipeOfARun() throws IOException {
    Path recipe =
        Files.writeString(
            folder.resolve("bad.yaml"),
            RECIPE.replace("patch: 8", "pacth: 8").replace("role: input", "role: inptu"));
    try (AnymodHost host = AnymodHost.open(folder)) {
      assertThatThrownBy(() -> host.read(recipe, List.of("model.heads=5")))
          .isInstanceOfSatisfying(
              RecipeException.class,
              e ->
                  assertThat(e.lines())
                      .satisfiesExactly(
                          line ->
                              assertThat(line)
                                  .contains("bad.yaml:4:1: pacth: unknown key")
                                  .endsWith("did you mean 'patch'?"),
                          line ->
                              assertThat(line)
                                  .contains("bad.yaml:6:20: modalities.alpha@64.role")
                                  .endsWith("'input'?"),
                          line ->
                              assertThat(line)
                                  .contains(
                                      "--set:1:1: model: dim is 768, must be a multiple of")));
    }
  }

  @Test
  void reportsAnUnknownModalityTogetherWithOtherMistakes() throws IOException {
    PluginSections plugins =
        new PluginSections() {
          @Override
          public Map<String, Class<? extends Record>> sections() {
            return Map.of();
          }

          @Override
          public Optional<Set<String>> modalities(Map<String, Record> settings) {
            return Optional.of(new TreeSet<>(List.of("alpha", "beta")));
          }
        };
    Path recipe =
        Files.writeString(
            folder.resolve("bad.yaml"),
            RECIPE.replace("  alpha@64: {", "  alpa@64: {").replace("patch: 8", "pacth: 8"));
    assertThatThrownBy(() -> RecipeReader.read(recipe, List.of(), plugins))
        .isInstanceOfSatisfying(
            RecipeException.class,
            e ->
                assertThat(e.lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains("bad.yaml:4:1: pacth: unknown key"),
                        line ->
                            assertThat(line)
                                .contains(
                                    "bad.yaml:6:3: modalities.alpa@64: no plugin brings the modality 'alpa'; allowed: alpha, beta")
                                .endsWith("did you mean 'alpha'?")));
  }

  @Test
  void wiresRecipeAndPlugins() throws IOException {
    try (AnymodHost host = AnymodHost.open(folder.resolve("plugins"))) {
      assertThat(host.catalog().problems())
          .extracting(problem -> problem.code())
          .containsExactly(PluginError.FOLDER_MISSING);
      BoundRecipe<Recipe> recipe = host.read(recipe(), List.of());
      LoadedPlugins plugins = host.load(recipe);
      Injector injector = host.injector(recipe, plugins);
      assertThat(injector.getInstance(Recipe.class)).isSameAs(recipe.recipe());
      assertThat(injector.getInstance(LoadedPlugins.class)).isSameAs(plugins);
      assertThat(injector.getInstance(PluginCatalog.class)).isSameAs(host.catalog());
      assertThat(host.loadWithDefaults().modalities()).isEmpty();
      assertThat(RecipeReader.defaults(host.catalog())).isEmpty();
    }
  }
}
