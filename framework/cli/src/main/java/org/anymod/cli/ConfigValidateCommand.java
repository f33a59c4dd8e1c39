package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.recipe.BoundRecipe;
import org.anymod.host.recipe.RecipeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod config validate}. */
@Command(
    name = "validate",
    description = {
      "Check a recipe without running it: keys, types, ranges, plugins' settings, modalities.",
      "All mistakes are reported at once. Ends with 2 if there is one."
    })
final class ConfigValidateCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;
  @Mixin private OutputOptions output;

  record Result(String file, boolean valid, List<String> problems) {}

  @Override
  public Integer call() throws JsonProcessingException {
    List<String> problems = problems();
    Result result = new Result(recipe.file().toString(), problems.isEmpty(), problems);
    output.write(
        result,
        out -> {
          problems.forEach(out::println);
          out.println(
              problems.isEmpty()
                  ? recipe.file() + ": valid"
                  : recipe.file()
                      + ": "
                      + problems.size()
                      + (problems.size() == 1 ? " mistake" : " mistakes"));
        });
    return problems.isEmpty() ? ExitCode.OK : ExitCode.USER_ERROR;
  }

  private List<String> problems() {
    try (AnymodHost host = recipe.openHost()) {
      BoundRecipe<Recipe> bound = recipe.read(host);
      LoadedPlugins plugins = host.load(bound);
      return RecipeModalities.problems(recipe.file(), bound.recipe(), plugins);
    } catch (RecipeException e) {
      return e.lines();
    }
  }
}
