package org.anymod.host.plugins;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which JAR brings which modality, for modalities whose JAR is not there: the file {@value #FILE}
 * in the folder {@code conf} beside a plugins folder, with lines {@code <modality> = <JAR> <JAR>
 * ...}, the JARs without version and extension.
 */
final class PluginIndex {
  static final String FILE = "plugins-index.properties";
  private static final Logger LOG = LoggerFactory.getLogger(PluginIndex.class);
  private static final long LARGEST = 1 << 20;

  private final Map<String, List<String>> jars;

  private PluginIndex(Map<String, List<String>> jars) {
    this.jars = jars;
  }

  /** Reads the files beside plugins folders; where there is none the index is empty. */
  static PluginIndex beside(List<Path> pluginFolders) {
    Map<String, List<String>> jars = new TreeMap<>();
    for (Path folder : pluginFolders) {
      Path file = folder.toAbsolutePath().normalize().resolveSibling("conf").resolve(FILE);
      if (Files.isRegularFile(file)) {
        read(file).forEach(jars::putIfAbsent);
      }
    }
    return new PluginIndex(jars);
  }

  /** What cannot be read is only a hint less. */
  private static Map<String, List<String>> read(Path file) {
    Map<String, List<String>> jars = new TreeMap<>();
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("has more than " + LARGEST + " bytes");
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      for (String name : properties.stringPropertyNames()) {
        jars.put(name, List.of(properties.getProperty(name).strip().split("\\s+")));
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} cannot be read: {}", file, e.getMessage());
    }
    return jars;
  }

  /** Says which JAR to get for a modality; empty if that is not known. */
  Optional<String> hint(String modality) {
    List<String> found = jars.get(modality);
    if (found == null) {
      return Optional.empty();
    }
    List<String> files = new ArrayList<>();
    found.forEach(jar -> files.add(jar + "-<version>.jar"));
    return Optional.of(
        String.join(" and ", files)
            + (files.size() == 1 ? " does" : " do")
            + "; put it into the plugins folder");
  }
}
