package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod plugins list}. */
@Command(name = "list", description = "List the plugins that load, and what each of them brings.")
final class PluginsListCommand implements Callable<Integer> {
  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws JsonProcessingException {
    PluginView view = PluginView.of(plugins);
    output.write(view, out -> print(view, out));
    return ExitCode.OK;
  }

  private static void print(PluginView view, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("PLUGIN", "VERSION", "MODALITY", "KIND", "ROLES");
    for (PluginView.Plugin plugin : view.plugins()) {
      String id = plugin.id();
      String version = plugin.version();
      for (PluginView.ModalityView modality : plugin.modalities()) {
        table.row(id, version, modality.name(), modality.kind(), roles(modality));
        id = "";
        version = "";
      }
      for (String loss : plugin.losses()) {
        table.row(id, version, loss, "loss", "");
        id = "";
        version = "";
      }
    }
    for (PluginView.Joint joint : view.joint()) {
      PluginView.ModalityView modality = joint.modality();
      String of = "joint of " + String.join(", ", joint.of());
      table.row("", "", modality.name(), modality.kind(), roles(modality) + "; " + of);
    }
    table.print(out);
    PluginsVerifyCommand.printProblems(view, out);
  }

  private static String roles(PluginView.ModalityView modality) {
    String feeds = modality.feeds();
    String shares = modality.sharesTokenizer();
    return String.join(", ", modality.roles())
        + (feeds == null ? "" : "; feeds " + feeds)
        + (shares == null ? "" : "; tokenizer of " + shares);
  }
}
