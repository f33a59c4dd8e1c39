package org.anymod.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.plugins.SomePlugin;
import org.anymod.host.recipe.RecipeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModalitySetFileTest {
  @TempDir Path folder;

  private Recipe read(String recipe, String set) throws IOException {
    Files.createDirectories(folder.resolve("plugins"));
    Files.writeString(folder.resolve("set.yaml"), set);
    Path file =
        Files.writeString(
            folder.resolve("run.yaml"),
            "name: run\noutput: out\ndata: {root: data}\nmasking: {mixture: [{}]}\n" + recipe);
    try (AnymodHost host = AnymodHost.open(folder.resolve("plugins"))) {
      return host.read(file, List.of()).recipe();
    }
  }

  @Test
  void takesTheSetBesideTheRecipe() throws IOException {
    Recipe recipe =
        read(
            "modality_set: set.yaml\n",
            "resolution: 64\npatch: 8\nmodalities: {a@64: {patch: 4}, b: {role: input}}\n");
    assertThat(recipe.resolution()).isEqualTo(64);
    assertThat(recipe.patch()).isEqualTo(8);
    assertThat(recipe.modalities().get("a@64").patch()).isEqualTo(OptionalInt.of(4));
    assertThat(recipe.modalities().get("b").role()).isEqualTo("input");
  }

  @Test
  void whatTheRecipeSaysItselfStands() throws IOException {
    Recipe recipe =
        read(
            "modality_set: set.yaml\nresolution: 32\nmodalities: {b: {role: output}, c: {}}\n",
            "resolution: 64\nmodalities: {a: {}, b: {role: input}}\n");
    assertThat(recipe.resolution()).isEqualTo(32);
    assertThat(recipe.modalities().keySet()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(recipe.modalities().get("b").role()).isEqualTo("output");
  }

  @Test
  void namesThePlaceOfAMistakeInTheFile() {
    assertThatThrownBy(
            () -> read("modality_set: set.yaml\n", "modalities: {a: {rol: x}}\nmodels: 3\n"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("set.yaml:1:18: modalities.a.rol: unknown key")
        .hasMessageContaining("set.yaml:2:1: models: unknown key");
    assertThatThrownBy(() -> read("modality_set: none.yaml\n", ""))
        .hasMessageContaining("modality_set: found no file");
  }

  @Test
  void saysWhichJarBringsAMissingModality() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/plugins-index.properties"), "sound = my-sound\nfacts = one two\n");
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    SomePlugin.in(plugins);
    Path file =
        Files.writeString(
            folder.resolve("run.yaml"),
            "name: run\noutput: out\ndata: {root: data}\nmasking: {mixture: [{}]}\n"
                + "modalities: {sound: {}, facts: {}, other: {}}\n");
    try (AnymodHost host = AnymodHost.open(plugins)) {
      assertThatThrownBy(() -> host.read(file, List.of()))
          .hasMessageContaining(
              "no plugin brings the modality 'sound', my-sound-<version>.jar does; put it into the"
                  + " plugins folder")
          .hasMessageContaining("'facts', one-<version>.jar and two-<version>.jar do")
          .hasMessageContaining("no plugin brings the modality 'other'; allowed");
    }
  }

  @Test
  void aMixtureNeedNotSpeakOfWhatFeedsAnother() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    SomePlugin.in(plugins);
    SomePlugin.feeding(plugins);
    Files.writeString(
        folder.resolve("mix.yaml"), "words: {input_alphas: [1], target_alphas: [0.5]}\n");
    String text =
        "name: run\noutput: out\ndata: {root: data}\nmasking: {mixture_file: mix.yaml}\n"
            + "modalities: {words: {}, pages: {}}\n";
    Path file = Files.writeString(folder.resolve("mixed.yaml"), text);
    try (AnymodHost host = AnymodHost.open(plugins)) {
      Recipe recipe = host.read(file, List.of()).recipe();
      assertThat(recipe.masking().mixture().get(0).target()).containsOnlyKeys("words");
    }
  }
}
