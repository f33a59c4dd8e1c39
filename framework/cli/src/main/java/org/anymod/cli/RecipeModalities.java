package org.anymod.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Modality;

/** Checks that plugins bring what a recipe names. */
final class RecipeModalities {
  private RecipeModalities() {}

  static List<String> problems(Path file, Recipe recipe, LoadedPlugins plugins) {
    List<String> problems = new ArrayList<>();
    for (String key : recipe.modalities().keySet()) {
      problem(key, recipe, plugins)
          .ifPresent(problem -> problems.add(file + ": modalities." + key + ": " + problem));
    }
    return problems;
  }

  private static Optional<String> problem(String key, Recipe recipe, LoadedPlugins plugins) {
    int at = key.indexOf('@');
    String name = at < 0 ? key : key.substring(0, at);
    try {
      int resolution = at < 0 ? recipe.resolution() : Integer.parseInt(key.substring(at + 1));
      Modality modality = plugins.modality(name);
      int patch = recipe.modalities().get(key).patch().orElse(recipe.patch());
      modality.declare(new DeclarationRequest(key, resolution, patch, OptionalInt.empty()));
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of("after @ must stand a resolution in pixels");
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
