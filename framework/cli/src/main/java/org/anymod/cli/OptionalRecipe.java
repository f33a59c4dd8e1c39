package org.anymod.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recipe for commands that can do without one. */
final class OptionalRecipe {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "A recipe whose modalities, sizes and budgets are used.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Change a setting of the recipe; without one, of its model section. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private PluginOptions plugins;

  List<String> overrides() {
    return List.copyOf(overrides);
  }

  /** Returns the recipe with further changes, if one is named. */
  Optional<RecipeChoice> choice(List<String> more) {
    if (file == null) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return Optional.of(new RecipeChoice(file, all, plugins.folder()));
  }
}
