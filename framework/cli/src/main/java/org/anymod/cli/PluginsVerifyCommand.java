package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anymod plugins verify}. */
@Command(
    name = "verify",
    description = {
      "Load one plugin, or every plugin of a folder, and say what is wrong with those that cannot",
      "be used. Ends with 1 if there is one."
    })
final class PluginsVerifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description = {
        "A plugin's JAR, ZIP or unpacked folder, or a folder of plugins (default: that of --plugins).",
        "A plugin that needs others is only found good beside them in a folder."
      })
  private Path path;

  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws JsonProcessingException {
    PluginView view = path == null ? PluginView.of(plugins) : PluginView.of(checked());
    output.write(view, out -> print(view, out));
    return view.broken() ? ExitCode.FAILED : ExitCode.OK;
  }

  private Path checked() {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean archive = name.endsWith(".jar") || name.endsWith(".zip");
    if (Files.isDirectory(path) || Files.isRegularFile(path) && archive) {
      return path;
    }
    throw new UserMistake(
        path
            + ": "
            + (Files.exists(path) ? "is neither" : "no such file or folder, must be")
            + " a JAR, a ZIP"
            + (Files.exists(path) ? " nor" : " or")
            + " a folder");
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
