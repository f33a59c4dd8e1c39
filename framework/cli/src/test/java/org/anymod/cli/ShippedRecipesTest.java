package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedRecipesTest {
  @TempDir Path folder;

  @Test
  void everyShippedRecipeIsValidWithTheShippedPlugins() throws IOException {
    Path plugins = ShippedPlugins.in(folder);
    List<Path> recipes;
    try (Stream<Path> files = Files.list(Path.of("../../examples"))) {
      recipes = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(recipes).isNotEmpty();
    for (Path recipe : recipes) {
      CommandRun run = CommandRun.of("config", "validate", recipe, "--plugins", plugins);
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
  }
}
