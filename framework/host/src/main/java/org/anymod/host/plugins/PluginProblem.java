package org.anymod.host.plugins;

import java.nio.file.Path;

/**
 * Why a plugin was not loaded. There is at most one for each plugin.
 *
 * @param code what kind of problem it is
 * @param file the JAR, ZIP or folder, as it lies in the plugins folder
 * @param pluginId id of the plugin; empty where the problem came before it was known
 * @param message what was found, what is allowed and what to do
 */
public record PluginProblem(PluginError code, Path file, String pluginId, String message) {

  /**
   * Returns the problem as one line.
   *
   * @return file, plugin id where known, and message
   */
  public String text() {
    String id = pluginId.isEmpty() ? "" : " (" + pluginId + ")";
    return file + id + ": " + message;
  }

  @Override
  public String toString() {
    return code + " " + text();
  }
}
