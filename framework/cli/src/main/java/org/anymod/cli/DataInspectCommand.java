package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anymod.core.data.DatasetReport;
import org.anymod.core.data.DatasetTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anymod data inspect}. */
@Command(name = "inspect", description = "Count what a split of a dataset holds.")
final class DataInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SPLIT", description = "Folder of a split, such as data/train.")
  private Path root;

  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws IOException {
    DatasetReport report = DatasetTools.inspect(root);
    output.write(report, out -> DatasetPrinter.print(report, out));
    return ExitCode.OK;
  }
}
