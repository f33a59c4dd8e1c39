package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {
  @TempDir Path folder;

  @Test
  void aBrokenJarFailsVerificationAndIsNamed() throws IOException {
    Files.writeString(folder.resolve("broken.jar"), "no zip at all");
    CommandRun run = CommandRun.of("plugins", "verify", "--plugins", folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("broken: ").contains("broken.jar");
  }

  @Test
  void aStrayFileIsOnlyNoted() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "hello");
    CommandRun run = CommandRun.of("plugins", "verify", "--plugins", folder, "--format", "json");
    assertThat(run.exitCode()).isZero();
    JsonNode problem = new ObjectMapper().readTree(run.out()).path("problems").path(0);
    assertThat(problem.path("code").asText()).isEqualTo("stray_file");
    assertThat(problem.path("harmless").asBoolean()).isTrue();
  }

  @Test
  void aMissingFolderIsAUserError() {
    CommandRun run = CommandRun.of("plugins", "list", "--plugins", folder.resolve("none"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no such folder");
  }

  @Test
  void doctorFindsEngineDeviceAndBrokenPlugins() throws IOException {
    Files.writeString(folder.resolve("broken.jar"), "no zip at all");
    CommandRun run = CommandRun.of("doctor", "--plugins", folder, "--format", "json");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode root = new ObjectMapper().readTree(run.out());
    assertThat(root.path("healthy").asBoolean()).isFalse();
    assertThat(root.path("findings").findValuesAsText("subject"))
        .contains("Java", "engine", "native library", "cpu()", "plugin");
    assertThat(CommandRun.of("doctor", "--plugins", folder).out())
        .contains("PyTorch 2.", "Something is broken");
  }
}
