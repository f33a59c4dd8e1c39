package org.anymod.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedLoss;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginProblem;
import org.anymod.host.recipe.BoundRecipe;

/** A recipe with its plugins at work: what every command that computes begins with. */
final class RunSession implements AutoCloseable {
  private final AnymodHost host;
  private final Run run;

  private RunSession(AnymodHost host, Run run) {
    this.host = host;
    this.run = run;
  }

  /**
   * Loads the plugins, reads the recipe and checks one against the other.
   *
   * @throws org.anymod.host.recipe.RecipeException if the recipe has mistakes
   * @throws UserMistake if the plugins do not bring what the recipe names
   */
  static RunSession open(RecipeChoice choice, PrintWriter err) {
    return open(choice, set -> List.of(), err);
  }

  /**
   * Opens a session with settings that depend on the modalities of the recipe.
   *
   * @param overrides from the modalities of the recipe to settings, as {@code key=value}
   */
  static RunSession open(
      RecipeChoice choice, Function<ModalitySet, List<String>> overrides, PrintWriter err) {
    AnymodHost host = choice.openHost();
    try {
      BoundRecipe<Recipe> bound = choice.read(host);
      LoadedPlugins plugins = host.load(bound);
      warn(plugins.problems(), err);
      List<String> problems = RecipeModalities.problems(choice.file(), bound.recipe(), plugins);
      if (!problems.isEmpty()) {
        throw new UserMistake(String.join("\n", problems));
      }
      Run run = run(choice, bound.recipe(), plugins);
      List<String> more = overrides.apply(run.modalities());
      return new RunSession(
          host, more.isEmpty() ? run : run(choice, choice.with(more).read(host).recipe(), plugins));
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  private static void warn(List<PluginProblem> problems, PrintWriter err) {
    for (PluginProblem problem : problems) {
      if (!problem.code().isHarmless()) {
        err.println("anymod: plugin not loaded: " + problem.text());
      }
    }
    err.flush();
  }

  private static Run run(RecipeChoice choice, Recipe recipe, LoadedPlugins plugins) {
    try {
      return new Run(
          recipe,
          plugins.modalities().stream().map(LoadedModality::modality).toList(),
          plugins.losses().stream().map(LoadedLoss::loss).toList());
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          e.getMessage()
              .lines()
              .map(line -> choice.file() + ": " + line)
              .collect(Collectors.joining("\n")));
    }
  }

  Run run() {
    return run;
  }

  @Override
  public void close() {
    host.close();
  }
}
