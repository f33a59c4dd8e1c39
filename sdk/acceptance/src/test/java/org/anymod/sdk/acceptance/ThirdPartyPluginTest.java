package org.anymod.sdk.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The complete plugin in examples is built by its own build, from the SDK alone. */
@DisabledOnOs(OS.WINDOWS)
class ThirdPartyPluginTest {
  @Test
  void buildsAndLoads() throws Exception {
    try (Workshop workshop = Workshop.open()) {
      Path source = Workshop.ROOT.resolve("examples/third-party");
      Path project = workshop.folder().resolve("third-party");
      for (String part : new String[] {"pom.xml", "src"}) {
        Files.createDirectories(project);
        Workshop.copy(source.resolve(part), project.resolve(part));
      }
      workshop.run(project, "mvn verify \"-Danymod.home=$ANYMOD_HOME\"").succeeded();
      workshop
          .run(project, "cp target/anymod-sound-0.1.0.jar \"$ANYMOD_HOME/plugins/\"")
          .succeeded();
      assertThat(workshop.run(project, "anymod plugins list").succeeded().output())
          .containsPattern("anymod-sound +0.1.0 +sound +TokenGrid");
      workshop.run(project, "anymod plugins verify").succeeded();
    }
  }
}
