package org.anymod.host.plugins;

import java.nio.file.Path;

/** Ends the work on one plugin; becomes its {@link PluginProblem}. */
final class PluginFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final PluginError code;

  PluginFault(PluginError code, String message) {
    this(code, message, null);
  }

  PluginFault(PluginError code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  PluginProblem problem(Path file, String pluginId) {
    return new PluginProblem(code, file, pluginId, getMessage());
  }
}
