package org.anymod.cli;

import java.util.ArrayList;
import java.util.List;

/** Looks at the plugins. */
final class PluginCheck {
  private PluginCheck() {}

  static List<Finding> findings(PluginOptions options) {
    List<Finding> findings = new ArrayList<>();
    PluginView view;
    try {
      view = PluginView.of(options);
    } catch (UserMistake e) {
      return List.of(Finding.broken("plugins", "cannot be listed", e.getMessage()));
    }
    long modalities = view.plugins().stream().mapToLong(p -> p.modalities().size()).sum();
    String detail =
        view.plugins().size() + " plugins with " + modalities + " modalities in " + view.folder();
    findings.add(
        view.plugins().isEmpty()
            ? Finding.warn(
                "plugins", "none in " + view.folder(), "name their folder with --plugins")
            : Finding.ok("plugins", detail));
    for (PluginView.Problem problem : view.problems()) {
      String found = problem.file() + ": " + problem.message();
      findings.add(
          problem.harmless()
              ? Finding.warn("plugin", found, "")
              : Finding.broken("plugin", found, ""));
    }
    return findings;
  }
}
