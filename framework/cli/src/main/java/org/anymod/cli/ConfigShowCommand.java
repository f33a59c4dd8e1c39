package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.concurrent.Callable;
import org.anymod.host.AnymodHost;
import org.anymod.host.recipe.RecipeWriter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod config show}. */
@Command(
    name = "show",
    description = "Print a recipe as it takes effect: overrides applied, defaults filled in.")
final class ConfigShowCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws JsonProcessingException {
    String yaml;
    try (AnymodHost host = recipe.openHost()) {
      yaml = RecipeWriter.write(recipe.read(host));
    }
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    output.write(tree, out -> out.print(yaml));
    return ExitCode.OK;
  }
}
