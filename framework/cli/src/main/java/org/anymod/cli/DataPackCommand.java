package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetReport;
import org.anymod.core.data.DatasetTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod data pack}. */
@Command(
    name = "pack",
    description = {
      "Pack folders of files into tar shards with a manifest.",
      "After an interruption the same command goes on."
    })
final class DataPackCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FROM", description = "Split with <source>/<name>.<ext>.")
  private Path from;

  @Parameters(index = "1", paramLabel = "TO", description = "Folder for the shards.")
  private Path to;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the dataset is called (default: the name of FROM).")
  private String name;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Pack only this source. Repeatable (default: all).")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--shard",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Samples in a shard (default: ${DEFAULT-VALUE}).")
  private int samplesPerShard;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String called =
        name == null ? from.toAbsolutePath().normalize().getFileName().toString() : name;
    Progress progress = ProgressChoice.on(spec.commandLine().getErr());
    progress.start("packing " + called, 0, "sample");
    DatasetReport report =
        DatasetTools.pack(
            from, to, called, sources, samplesPerShard, done -> progress.advance(done, ""));
    progress.finish();
    output.write(report, out -> DatasetPrinter.print(report, out));
    return ExitCode.OK;
  }
}
