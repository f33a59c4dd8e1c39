package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.anymod.host.recipe.RecipeReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad plugin gets one precise error and leaves the good one next to it alone. */
abstract class BadPlugin {
  static final String MODALITY = "org.anymod.spi.Modality";

  @TempDir Path folder;

  @BeforeEach
  void addGoodPlugin() throws IOException {
    PluginJar.good("good", "good_words").in(folder, "a-good.jar");
  }

  /** Loads the folder, checks that the good plugin works, and returns the only problem. */
  PluginProblem onlyProblem() {
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = catalog.load(RecipeReader.defaults(catalog));
      assertThat(loaded.plugins()).extracting(PluginInfo::id).contains("good");
      assertThat(loaded.modality("good_words").source()).isEqualTo("words");
      assertThat(loaded.problems()).hasSize(1);
      return loaded.problems().get(0);
    }
  }

  void expect(PluginJar bad, PluginError code, String... parts) throws IOException {
    Path file = bad.in(folder, "bad.jar");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).as(problem.message()).isEqualTo(code);
    assertThat(problem.file()).isEqualTo(file);
    assertThat(problem.message()).contains(parts);
  }

  static String settings(String section, String component, String more) {
    String setting = more.isEmpty() ? "value = \"x\"" : "value = \"x\", " + more;
    return "@ConfigSection(\""
        + section
        + "\") public record S(@Setting("
        + setting
        + ") "
        + component
        + ") {}\n";
  }
}
