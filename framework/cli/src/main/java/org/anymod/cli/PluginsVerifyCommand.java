package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod plugins verify}. */
@Command(
    name = "verify",
    description = {
      "Load every plugin of a folder and say what is wrong with those that cannot be used.",
      "Ends with 1 if there is one."
    })
final class PluginsVerifyCommand implements Callable<Integer> {
  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws JsonProcessingException {
    PluginView view = PluginView.of(plugins);
    output.write(view, out -> print(view, out));
    return view.broken() ? ExitCode.FAILED : ExitCode.OK;
  }

  private static void print(PluginView view, PrintWriter out) {
    TextTable table = new TextTable();
    for (PluginView.Plugin plugin : view.plugins()) {
      table.row("ok", plugin.id(), plugin.version(), plugin.file());
    }
    table.print(out);
    printProblems(view, out);
  }

  static void printProblems(PluginView view, PrintWriter out) {
    for (PluginView.Problem problem : view.problems()) {
      String plugin = problem.plugin().isEmpty() ? "" : " (" + problem.plugin() + ")";
      String word = problem.harmless() ? "note: " : "broken: ";
      out.println(word + problem.file() + plugin + ": " + problem.message());
    }
  }
}
