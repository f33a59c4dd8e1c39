package org.anymod.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  @Test
  void everyPluginIsBuiltShippedAndLookedAt() throws IOException {
    String built = Files.readString(Repository.ROOT.resolve("plugins/pom.xml"));
    String shipped = Files.readString(Repository.ROOT.resolve("distribution/pom.xml"));
    String lookedAt = Files.readString(Repository.ROOT.resolve("framework/architecture/pom.xml"));
    for (String plugin : Repository.plugins()) {
      String artifact = "<artifactId>anymod-plugin-" + plugin + "</artifactId>";
      assertThat(built).contains("<module>" + plugin + "</module>");
      assertThat(shipped).contains(artifact);
      assertThat(lookedAt).contains(artifact);
    }
  }

  @Test
  void everyPackageSaysWhatLivesInIt() throws IOException {
    Set<Path> silent = new TreeSet<>();
    for (String place : List.of("framework", "plugins", "examples", "sdk")) {
      for (Path module : Repository.modules(place)) {
        for (Path source : Repository.mainSources(module)) {
          if (!Files.exists(source.resolveSibling("package-info.java"))) {
            silent.add(Repository.ROOT.relativize(source.getParent()));
          }
        }
      }
    }
    assertThat(silent).isEmpty();
  }
}
