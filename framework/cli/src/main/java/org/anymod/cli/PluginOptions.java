package org.anymod.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --plugins}: the folder from which plugins are loaded. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder with the plugins' jars (default: the installation's plugins folder).")
  private Path folder;

  /** Returns the folder. */
  Path folder() {
    Path chosen =
        folder != null
            ? folder
            : Installation.home()
                .map(home -> home.resolve("plugins"))
                .orElseThrow(
                    () ->
                        new UserMistake(
                            "no folder of plugins: name one with --plugins, or set ANYMOD_HOME"));
    if (!Files.isDirectory(chosen)) {
      throw new UserMistake(
          chosen
              + ": "
              + (Files.exists(chosen) ? "is a file" : "no such folder")
              + ", must be a folder with the plugins' jars");
    }
    return chosen;
  }
}
