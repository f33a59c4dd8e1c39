package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointInspection;
import org.anymod.core.checkpoint.CheckpointInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anymod checkpoint inspect}. */
@Command(name = "inspect", description = "Show what a file of model weights holds.")
final class CheckpointInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  private Path file;

  @Option(names = "--tensors", description = "List every tensor; JSON always has them.")
  private boolean tensors;

  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws IOException {
    try (CheckpointFile open = CheckpointFile.open(file)) {
      CheckpointInspection inspection = CheckpointInspector.inspect(open);
      output.write(inspection, out -> print(inspection, out));
    }
    return ExitCode.OK;
  }

  private void print(CheckpointInspection found, PrintWriter out) {
    out.println(found.file() + ": " + DatasetPrinter.size(found.bytes()));
    TextTable facts = new TextTable();
    if (found.network() != null) {
      facts.row("network", network(found.network()));
    }
    facts.row("parameters", Long.toString(found.parameters()));
    facts.row("without heads", Long.toString(found.headless()));
    facts.row("buffers", Long.toString(found.buffers()));
    facts.row(
        "types",
        found.types().entrySet().stream()
            .map(type -> type.getValue() + " " + type.getKey())
            .collect(Collectors.joining(", ")));
    facts.print(out);
    printGroups(found, out);
    printModalities(found, out);
    if (!found.metadata().isEmpty()) {
      out.println();
      TextTable metadata = new TextTable().row("METADATA", "");
      found.metadata().forEach((key, value) -> metadata.row(key, line(value)));
      metadata.print(out);
    }
    if (!found.aliases().isEmpty()) {
      out.println();
      TextTable aliases = new TextTable().row("NAME", "STORED AS");
      found.aliases().forEach(aliases::row);
      aliases.print(out);
    }
    if (tensors) {
      out.println();
      TextTable table = new TextTable().row("TENSOR", "TYPE", "SHAPE");
      found
          .tensors()
          .forEach(t -> table.row(t.name(), t.type().name(), Arrays.toString(t.shape())));
      table.print(out);
    }
  }

  private static String network(CheckpointInspection.Network network) {
    return "%s: width %d, %d + %d blocks, hidden %d%s%s"
        .formatted(
            network.size(),
            network.dim(),
            network.encoderLayers(),
            network.decoderLayers(),
            network.hidden(),
            network.gated() ? ", gated" : "",
            network.qkNorm() ? ", normalised queries and keys" : "");
  }

  private static void printGroups(CheckpointInspection found, PrintWriter out) {
    out.println();
    TextTable table = new TextTable().row("GROUP", "TENSORS", "NUMBERS", "SIZE");
    for (CheckpointInspection.Group group : found.groups()) {
      table.row(
          group.name(),
          Integer.toString(group.tensors()),
          Long.toString(group.numbers()),
          DatasetPrinter.size(group.bytes()));
    }
    table.print(out);
  }

  private static void printModalities(CheckpointInspection found, PrintWriter out) {
    if (found.modalities().isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable();
    table.row("MODALITY", "ROLES", "CONTENT", "SIZE", "POSITIONS", "HEAD");
    for (CheckpointInspection.Embedded modality : found.modalities()) {
      String roles = modality.input() ? modality.output() ? "both" : "input" : "output";
      String learned = modality.learned() ? " learned" : "";
      table.row(
          modality.key(),
          roles,
          modality.content(),
          Long.toString(modality.size()),
          modality.positions() + learned,
          modality.head() ? "own" : modality.output() ? "tied" : "-");
    }
    table.print(out);
  }

  private static String line(Object value) {
    String text = String.valueOf(value).replace('\n', ' ');
    return text.length() <= 200 ? text : text.substring(0, 200) + " ...";
  }
}
