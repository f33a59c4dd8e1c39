package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that do not compute start without the engine, whose library takes a second to load. */
class EngineFreeTest {
  private static final String ENGINE = "ai.djl.pytorch.jni.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--help", "plugins list", "config validate nothing.yaml"})
  void loadsNoEngineClass(String command) throws Exception {
    assertThat(loadedClasses(command)).contains("org.anymod.cli.Anymod").doesNotContain(ENGINE);
  }

  @Test
  void doctorDoesLoadIt() throws Exception {
    assertThat(loadedClasses("doctor")).contains(ENGINE);
  }

  private String loadedClasses(String command) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.txt");
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("plugins"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> start =
        List.of(
            java,
            "-Xlog:class+load:file=" + log,
            "-Danymod.home=" + home,
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            Anymod.class.getName());
    Process process =
        new ProcessBuilder(concat(start, command.split(" ")))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(log);
  }

  private static List<String> concat(List<String> start, String... more) {
    return Stream.concat(start.stream(), Arrays.stream(more)).toList();
  }
}
