package org.anymod.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree that these tests are part of. */
final class Repository {
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..").normalize();

  private Repository() {}

  /** Returns the folders of a place that are Maven modules, sorted. */
  static List<Path> modules(String place) throws IOException {
    try (Stream<Path> children = Files.list(ROOT.resolve(place))) {
      return children.filter(child -> Files.exists(child.resolve("pom.xml"))).sorted().toList();
    }
  }

  /** Returns the names of the plugins' folders. */
  static List<String> plugins() throws IOException {
    return modules("plugins").stream().map(folder -> folder.getFileName().toString()).toList();
  }

  /** Returns the Java files of a module's main sources. */
  static List<Path> mainSources(Path module) throws IOException {
    Path sources = module.resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
