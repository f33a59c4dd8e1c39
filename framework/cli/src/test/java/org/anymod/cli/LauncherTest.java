package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script, run as a user does. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path DISTRIBUTION =
      Path.of("../../distribution").toAbsolutePath().normalize();

  @TempDir static Path folder;

  private static Path script;
  private static Path cache;

  record Run(int exitCode, String out, String err) {}

  @BeforeAll
  static void install() throws IOException {
    Path home = folder.resolve("an installation");
    Files.createDirectories(home.resolve("plugins"));
    Files.createDirectories(home.resolve("bin"));
    Path lib = Files.createDirectories(home.resolve("lib"));
    script = Files.copy(DISTRIBUTION.resolve("bin/anymod"), home.resolve("bin/anymod"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.copy(DISTRIBUTION.resolve("conf/java.options"), conf.resolve("java.options"));
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path part = Path.of(entry);
      String name = "part-" + number++ + "-" + part.getFileName();
      if (Files.isDirectory(part)) {
        pack(part, lib.resolve(name + ".jar"));
      } else if (!name.contains("pytorch-native")) {
        Files.copy(part, lib.resolve(name));
      }
    }
    cache = folder.resolve("cache");
  }

  @Test
  void startsThroughALinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("anymod-link"), script);
    Run run = run(Map.of(), link.toString(), "--help");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Usage: anymod");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void keepsAnArchiveOfClassesAndPrintsTheSameWithIt() throws Exception {
    Path own = folder.resolve("archive");
    Map<String, String> environment = Map.of("ANYMOD_CACHE", own.toString());
    Run first = run(environment, script.toString(), "plugins", "list", "--format", "json");
    assertThat(own).isDirectoryContaining("glob:**/classes-*.jsa");
    Run second = run(environment, script.toString(), "plugins", "list", "--format", "json");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second).isEqualTo(first);
    assertThat(first.out()).startsWith("{");
  }

  @Test
  void worksWhereNoArchiveCanBeKept() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "in the way");
    Map<String, String> environment = Map.of("ANYMOD_CACHE", file.resolve("cache").toString());
    Run run = run(environment, script.toString(), "--version");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void passesExitCodesAndArgumentsWithSpacesOn() throws Exception {
    Run run = run(Map.of(), script.toString(), "data", "inspect", "no such place");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("anymod: no such place: no such");
  }

  @Test
  void findsPluginsInItsOwnFolder() throws Exception {
    Run run = run(Map.of(), script.toString(), "plugins", "verify", "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("an installation/plugins");
  }

  @Test
  void refusesAnOldJavaInWords() throws Exception {
    Path old = folder.resolve("java-8");
    Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 99\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Run run = run(Map.of("JAVA_HOME", old.toString()), script.toString(), "--help");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Java 17 or newer is needed", "is Java 1");
  }

  @Test
  void saysWhereItLookedForJava() throws Exception {
    Run run = run(Map.of("JAVA_HOME", "/nowhere"), script.toString(), "--help");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("JAVA_HOME is /nowhere");
  }

  @Test
  void ownOptionsForJavaWin() throws Exception {
    Map<String, String> environment = Map.of("ANYMOD_JAVA_OPTS", "-Xmx300m -Xss2m");
    Run run = run(environment, script.toString(), "doctor", "--format", "json");
    assertThat(run.out()).containsPattern("(29\\d|300) MiB of heap");
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        out.write(Files.readAllBytes(path));
        out.closeEntry();
      }
    }
  }

  private static Run run(Map<String, String> environment, String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().remove("ANYMOD_HOME");
    builder.environment().put("ANYMOD_CACHE", cache.toString());
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
