package org.anymod.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.recipe.BoundRecipe;

/**
 * The recipe that a command line names.
 *
 * @param file the YAML file
 * @param overrides settings that the command line changes, as {@code key=value}
 * @param plugins folder of the plugins
 */
record RecipeChoice(Path file, List<String> overrides, Path plugins) {

  /** Scans the plugins; to be closed. */
  AnymodHost openHost() {
    return AnymodHost.open(plugins);
  }

  /** The same recipe with more settings changed. */
  RecipeChoice with(List<String> more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return new RecipeChoice(file, List.copyOf(all), plugins);
  }

  /** Another recipe with the same plugins. */
  RecipeChoice sibling(Path other) {
    return new RecipeChoice(other, List.of(), plugins);
  }

  BoundRecipe<Recipe> read(AnymodHost host) {
    return host.read(file, overrides);
  }
}
