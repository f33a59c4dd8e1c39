package org.anymod.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where this program is installed, as its launcher says. */
final class Installation {
  private Installation() {}

  /**
   * Returns the folder with bin, lib and plugins; empty where the program runs without launcher.
   */
  static Optional<Path> home() {
    String home = System.getProperty("anymod.home", System.getenv("ANYMOD_HOME"));
    return home == null || home.isBlank() ? Optional.empty() : Optional.of(Path.of(home));
  }
}
