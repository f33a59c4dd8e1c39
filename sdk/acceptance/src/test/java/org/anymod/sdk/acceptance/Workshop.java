package org.anymod.sdk.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of a stranger: an installation of the distribution that was built, the commands {@code
 * anymod} and {@code mvn}, and a Maven repository of its own that falls back on the one of this
 * build for everything but Anymod itself.
 */
final class Workshop implements AutoCloseable {
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..").normalize();
  private static final Path DISTRIBUTION = ROOT.resolve("distribution/target/anymod");
  private static final long MINUTES = 10;

  private final Path folder;
  private final Path home;
  private final Path bin;

  /** What a command printed and how it ended. */
  record Outcome(int exitCode, String output) {
    Outcome succeeded() {
      assertThat(exitCode).as(output).isZero();
      return this;
    }
  }

  private Workshop(Path folder) {
    this.folder = folder;
    this.home = folder.resolve("anymod");
    this.bin = folder.resolve("bin");
  }

  static Workshop open() throws IOException {
    assumeTrue(
        Files.isDirectory(DISTRIBUTION.resolve("sdk/repository")),
        "the distribution is not built; run ./mvnw verify");
    Workshop workshop = new Workshop(Files.createTempDirectory("workshop").toRealPath());
    workshop.install();
    return workshop;
  }

  /** Deletes the folder; links, not what they lead to. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void install() throws IOException {
    Files.createDirectories(home);
    for (String part : List.of("lib", "conf", "sdk", "examples")) {
      Files.createSymbolicLink(home.resolve(part), DISTRIBUTION.resolve(part));
    }
    copy(DISTRIBUTION.resolve("bin"), home.resolve("bin"));
    copy(DISTRIBUTION.resolve("plugins"), home.resolve("plugins"));
    Path tail = folder.resolve("tail");
    Path local = Path.of(System.getProperty("anymod.local.repository"));
    link(local, tail, "org");
    link(local.resolve("org"), tail.resolve("org"), "anymod");
    Files.createDirectories(bin);
    script("anymod", "exec '" + home.resolve("bin/anymod") + "' \"$@\"");
    script(
        "mvn",
        "exec '"
            + ROOT.resolve("mvnw")
            + "' -B -ntp -Dstyle.color=never '-Dmaven.repo.local="
            + repository()
            + "' '-Dmaven.repo.local.tail="
            + tail
            + "' -Dmaven.repo.local.tail.ignoreAvailability=true \"$@\"");
  }

  private static void link(Path source, Path target, String except) throws IOException {
    Files.createDirectories(target);
    if (Files.isDirectory(source)) {
      try (Stream<Path> children = Files.list(source)) {
        for (Path child : children.filter(c -> !c.endsWith(except)).toList()) {
          Files.createSymbolicLink(target.resolve(child.getFileName()), child);
        }
      }
    }
  }

  private void script(String name, String line) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** The stranger's own Maven repository. */
  Path repository() {
    return folder.resolve("repository");
  }

  Path home() {
    return home;
  }

  Path folder() {
    return folder;
  }

  /** Runs lines of a shell. */
  Outcome run(Path place, String lines) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", lines);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", bin + ":" + environment.get("PATH"));
    environment.put("ANYMOD_HOME", home.toString());
    // No archive of classes for an installation that lives for minutes.
    environment.put("ANYMOD_CACHE", log.resolve("none").toString());
    environment.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    environment.remove("MAVEN_CMD_LINE_ARGS");
    environment.remove("MAVEN_PROJECTBASEDIR");
    Process process =
        builder
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("still runs after " + MINUTES + " minutes: " + lines);
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path to = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
