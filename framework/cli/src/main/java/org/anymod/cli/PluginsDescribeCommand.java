package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.host.AnymodHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anymod plugins describe}. */
@Command(
    name = "describe",
    description = {
      "Tell what modalities are: their files and ranges, how they become tokens, what they are",
      "measured by, what they are computed from, and their settings in a recipe."
    })
final class PluginsDescribeCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "MODALITY",
      description = "Names of modalities (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--markdown",
      description = "Write Markdown, as on the reference page of the project.")
  private boolean markdown;

  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws JsonProcessingException {
    List<ModalityPage> pages;
    try (AnymodHost host = AnymodHost.open(plugins.folder())) {
      pages = ModalityPage.of(host);
    }
    List<ModalityPage> wanted = wanted(pages);
    output.write(wanted, out -> print(wanted, out));
    return ExitCode.OK;
  }

  private List<ModalityPage> wanted(List<ModalityPage> pages) {
    List<String> known = pages.stream().map(ModalityPage::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserMistake(
            "no plugin brings the modality '" + name + "'; there are " + String.join(", ", known));
      }
    }
    return pages.stream().filter(page -> names.isEmpty() || names.contains(page.name())).toList();
  }

  private void print(List<ModalityPage> pages, PrintWriter out) {
    for (ModalityPage page : pages) {
      if (markdown) {
        page.printMarkdown(out);
      } else {
        page.print(out);
      }
    }
  }
}
