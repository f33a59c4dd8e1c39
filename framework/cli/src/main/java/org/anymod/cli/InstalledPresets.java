package org.anymod.cli;

import org.anymod.host.PresetFolder;

/** Where presets are found: in the installation's {@code conf/sampling}, or by a path. */
final class InstalledPresets {
  private InstalledPresets() {}

  static PresetFolder open() {
    return new PresetFolder(
        Installation.home().map(home -> home.resolve("conf").resolve("sampling")));
  }
}
