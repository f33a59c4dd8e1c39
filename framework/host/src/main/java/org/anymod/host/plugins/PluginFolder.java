package org.anymod.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What lies in a plugins folder, sorted by name; or one plugin, named by itself.
 *
 * @param candidates JARs, ZIPs and folders with a {@code lib} of JARs
 * @param strays everything else
 */
record PluginFolder(List<Path> candidates, List<Path> strays) {

  static final String LIB = "lib";

  static PluginFolder list(Path folder) throws PluginFault {
    if (Files.isRegularFile(folder) && (isJar(folder) || isZip(folder))) {
      return new PluginFolder(List.of(folder), List.of());
    }
    if (!Files.isDirectory(folder)) {
      String found = Files.exists(folder) ? "is no folder, JAR or ZIP" : "does not exist";
      throw new PluginFault(
          PluginError.FOLDER_MISSING,
          "the plugins folder " + found + "; create it, or name another one");
    }
    List<Path> candidates = new ArrayList<>();
    List<Path> strays = new ArrayList<>();
    try {
      for (Path path : sorted(folder)) {
        (isCandidate(path) ? candidates : strays).add(path);
      }
    } catch (IOException e) {
      throw new PluginFault(
          PluginError.FOLDER_MISSING, "the plugins folder cannot be listed: " + e.getMessage(), e);
    }
    return candidates.isEmpty() && isUnpacked(folder)
        ? new PluginFolder(List.of(folder), List.of())
        : new PluginFolder(candidates, strays);
  }

  private static boolean isUnpacked(Path folder) throws PluginFault {
    try {
      return !jars(folder).isEmpty();
    } catch (IOException e) {
      throw new PluginFault(
          PluginError.FOLDER_MISSING, "the plugin's lib cannot be listed: " + e.getMessage(), e);
    }
  }

  private static boolean isCandidate(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return !jars(path).isEmpty();
    }
    return Files.isRegularFile(path) && (isJar(path) || isZip(path));
  }

  /** Returns the JARs of an unpacked plugin. */
  static List<Path> jars(Path plugin) throws IOException {
    Path lib = plugin.resolve(LIB);
    return Files.isDirectory(lib)
        ? sorted(lib).stream().filter(PluginFolder::isJar).toList()
        : List.of();
  }

  static boolean isJar(Path path) {
    return hasEnd(path, ".jar");
  }

  static boolean isZip(Path path) {
    return hasEnd(path, ".zip");
  }

  private static boolean hasEnd(Path path, String end) {
    return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(end);
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }
}
