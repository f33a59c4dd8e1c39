package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference pages of the project are what the commands print. With {@code
 * -Danymod.update.pages=true} they are written anew.
 */
class ReferencePagesTest {
  private static final Path ROOT = Path.of("..", "..");

  @TempDir Path folder;

  @Test
  void theReferenceOfRecipesIsThatOfTheSettings() throws IOException {
    check(
        ROOT.resolve("framework/host/RECIPES.md"),
        """
        # Settings of a recipe

        Every key that a recipe can have, with the settings of the shipped plugins. `<name>` stands for a name of yours, mostly a
        model key such as `tok_depth@224`; `[]` for the elements of a list. `anymod config keys` prints the same for the
        plugins that are installed.
        """,
        CommandRun.of("config", "keys", "--markdown", "--plugins", ShippedPlugins.in(folder)));
  }

  @Test
  void theReferenceOfPluginsIsThatOfTheDeclarations() throws IOException {
    check(
        ROOT.resolve("plugins/REFERENCE.md"),
        """
        # The modalities of the shipped plugins

        What each declares with default settings, at 224 pixels and patches of 16. `anymod plugins describe` prints the
        same for the plugins that are installed.
        """,
        CommandRun.of("plugins", "describe", "--markdown", "--plugins", ShippedPlugins.in(folder)));
  }

  private static void check(Path page, String head, CommandRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    String text = head + run.out().replace("\r\n", "\n");
    if (Boolean.getBoolean("anymod.update.pages")) {
      Files.writeString(page, text);
    }
    assertThat(page)
        .as("run the tests of framework/cli with -Danymod.update.pages=true")
        .exists()
        .hasContent(text);
  }
}
