package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.recipe.RecipeSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anymod config keys}. */
@Command(
    name = "keys",
    description = "List every setting a recipe can have, those of the plugins included.")
final class ConfigKeysCommand implements Callable<Integer> {
  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;

  @Option(
      names = "--markdown",
      description = "Write tables in Markdown, as on the reference page of the project.")
  private boolean markdown;

  @Override
  public Integer call() throws JsonProcessingException {
    List<RecipeSchema.Entry> entries;
    try (AnymodHost host = AnymodHost.open(plugins.folder())) {
      entries = RecipeSchema.of(Recipe.class, host.catalog());
    }
    output.write(
        entries,
        out -> {
          if (markdown) {
            RecipePage.print(entries, out);
          } else {
            print(entries, out);
          }
        });
    return ExitCode.OK;
  }

  private static void print(List<RecipeSchema.Entry> entries, PrintWriter out) {
    for (RecipeSchema.Entry entry : entries) {
      String fallback = entry.defaultValue().map(text -> ", default " + text).orElse("");
      out.println(entry.key() + (entry.required() ? " (required)" : ""));
      out.println("    " + entry.description());
      out.println("    " + entry.allowed() + fallback);
    }
  }
}
