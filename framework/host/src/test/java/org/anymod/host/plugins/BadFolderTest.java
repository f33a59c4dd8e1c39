package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plugins folders that hold something else. */
class BadFolderTest extends BadPlugin {

  @Test
  void reportsStrayFilesByNameWithoutHarm() throws IOException {
    Files.writeString(folder.resolve("README.txt"), "hello");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.STRAY_FILE);
    assertThat(problem.code().isHarmless()).isTrue();
    assertThat(problem.file().getFileName()).hasToString("README.txt");
  }

  @Test
  void reportsStrayFolderByName() throws IOException {
    Files.createDirectories(folder.resolve("old").resolve("stuff"));
    assertThat(onlyProblem().file().getFileName()).hasToString("old");
  }

  @Test
  void reportsMissingPluginsFolder() {
    Path missing = folder.resolve("nowhere");
    try (PluginCatalog catalog = PluginScanner.scan(missing)) {
      assertThat(catalog.problems())
          .extracting(PluginProblem::code)
          .containsExactly(PluginError.FOLDER_MISSING);
      assertThat(catalog.problems().get(0).file()).isEqualTo(missing);
    }
  }

  @Test
  void refusesZipThatLeavesItsFolder() throws IOException {
    byte[] jar = PluginJar.good("bad", "words").bytes();
    Files.write(folder.resolve("bad.zip"), PluginJar.zip(Map.of("../lib/x.jar", jar)));
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.CORRUPT_ARCHIVE);
    assertThat(problem.message()).contains("'../lib/x.jar'", "leaves the folder");
  }
}
