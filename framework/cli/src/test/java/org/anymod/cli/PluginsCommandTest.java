package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void onePluginIsVerifiedByItself() throws Exception {
    Files.writeString(folder.resolve("broken.jar"), "no zip at all");
    CommandRun broken = CommandRun.of("plugins", "verify", folder.resolve("broken.jar"));
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.out()).startsWith("broken: ").contains("broken.jar");

    Path good;
    try (Stream<Path> shipped = Files.list(ShippedPlugins.in(folder.resolve("shipped")))) {
      good = shipped.filter(file -> file.toString().contains("depth")).findFirst().orElseThrow();
    }
    CommandRun run = CommandRun.of("plugins", "verify", good);
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).startsWith("ok").contains(good.getFileName().toString());
    // Not its neighbour, which is broken.
    Path copy = Files.copy(good, folder.resolve("good.jar"));
    assertThat(CommandRun.of("plugins", "verify", copy).exitCode()).isZero();
    assertThat(CommandRun.of("plugins", "verify", folder).exitCode()).isEqualTo(1);
    Path unpacked = Files.createDirectories(folder.resolve("one/lib")).getParent();
    Files.move(copy, unpacked.resolve("lib/good.jar"));
    assertThat(CommandRun.of("plugins", "verify", unpacked).exitCode()).isZero();
  }

  @Test
  void whatIsNoPluginIsAUserError() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    CommandRun file = CommandRun.of("plugins", "verify", text);
    assertThat(file.exitCode()).isEqualTo(2);
    assertThat(file.err()).contains("notes.txt: is neither a JAR, a ZIP nor a folder");
    CommandRun none = CommandRun.of("plugins", "verify", folder.resolve("none.jar"));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("no such file or folder, must be a JAR, a ZIP or a folder");
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

  @Test
  void aNewPluginIsWrittenForAnSdk() throws IOException {
    Path place = folder.resolve("heat-map");
    CommandRun run =
        CommandRun.of(
            "plugins", "new", "heat-map", "--kind", "grid", "--to", place, "--sdk", "file:///sdk");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("mvn verify");
    assertThat(place.resolve("pom.xml")).content().contains("<url>file:///sdk</url>");
    assertThat(place.resolve("src/main/java/com/example/heatmap/HeatMapModality.java")).exists();

    CommandRun again =
        CommandRun.of(
            "plugins", "new", "heat-map", "--kind", "grid", "--to", place, "--sdk", "file:///sdk");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void aNewPluginNeedsANameAndAKindThatCanBe() {
    CommandRun name = CommandRun.of("plugins", "new", "Heat", "--kind", "grid", "--sdk", "x");
    assertThat(name.exitCode()).isEqualTo(2);
    assertThat(name.err()).contains("'Heat'", "heat-map");
    CommandRun kind = CommandRun.of("plugins", "new", "heat", "--kind", "cube", "--sdk", "x");
    assertThat(kind.exitCode()).isEqualTo(2);
    assertThat(kind.err()).contains("cube", "TEXT, GRID, PIXELS, SEQUENCE, EMBEDDING");
  }
}
