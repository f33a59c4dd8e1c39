package org.anymod.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.recipe.BoundRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The recipe of a command: its file, and the settings that the command line changes. */
final class RecipeOptions {
  @Parameters(
      index = "0",
      paramLabel = "RECIPE",
      description = "A recipe: a YAML file that describes a run.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, such as training.steps=100. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private PluginOptions plugins;

  Path file() {
    return file;
  }

  /** Scans the plugins; to be closed. */
  AnymodHost openHost() {
    return choice().openHost();
  }

  BoundRecipe<Recipe> read(AnymodHost host) {
    return choice().read(host);
  }

  RecipeChoice choice() {
    return new RecipeChoice(file, List.copyOf(overrides), plugins.folder());
  }
}
