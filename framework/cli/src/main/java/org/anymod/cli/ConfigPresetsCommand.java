package org.anymod.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.generation.Presets;
import org.anymod.core.recipe.SamplingPreset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod config presets}. */
@Command(
    name = "presets",
    description = "List the presets that generate can use, and what they draw.")
final class ConfigPresetsCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  /** A preset and its name. */
  record Named(String name, SamplingPreset preset) {}

  @Override
  public Integer call() throws Exception {
    Presets presets = InstalledPresets.open();
    List<Named> named = new ArrayList<>();
    for (String name : presets.names()) {
      named.add(new Named(name, presets.get(name)));
    }
    output.write(named, out -> print(named, out));
    return ExitCode.OK;
  }

  private static void print(List<Named> presets, PrintWriter out) {
    if (presets.isEmpty()) {
      out.println("there are none; presets lie in conf/sampling of the installation");
    }
    for (Named named : presets) {
      out.println(named.name());
      out.println("    " + named.preset().description());
      out.println("    draws " + String.join(", ", named.preset().outputs().keySet()));
    }
  }
}
