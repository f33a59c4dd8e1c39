package org.anymod.host.plugins;

import java.nio.file.Path;
import java.util.List;

/**
 * The descriptor of a plugin, from the manifest of its JAR.
 *
 * @param id unique name, from {@code Plugin-Id}
 * @param version semantic version, from {@code Plugin-Version}
 * @param requires range of SPI versions, from {@code Plugin-Requires}
 * @param dependencies plugins whose classes this one sees, from {@code Plugin-Dependencies}
 * @param description what the plugin brings, from {@code Plugin-Description}; may be empty
 * @param license from {@code Plugin-License}; may be empty
 * @param file the JAR, ZIP or folder, as it lies in the plugins folder
 */
public record PluginInfo(
    String id,
    String version,
    String requires,
    List<Dependency> dependencies,
    String description,
    String license,
    Path file) {

  /** Keeps the dependencies unmodifiable. */
  public PluginInfo {
    dependencies = List.copyOf(dependencies);
  }

  /**
   * A plugin that another one needs.
   *
   * @param id id of the needed plugin
   * @param range range of versions; {@code *} allows any
   */
  public record Dependency(String id, String range) {}
}
