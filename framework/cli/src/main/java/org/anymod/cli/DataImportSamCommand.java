package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anymod.core.instances.InstanceImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod data import-sam}. */
@Command(
    name = "import-sam",
    description = {
      "Turn published outlines of objects, NumPy files with pickled dictionaries, into JSON documents.",
      "Nothing in the files is run: whatever is not the known structure is refused.",
      "Files with tokens give {\"crops\":[{\"instances\":[{\"polygon\":[[x,y],...],\"tokens\":[...],",
      "\"box\":[ymin,xmin,ymax,xmax]}]}]}, files of outlines alone {\"instances\":[{\"polygon\":...}]}.",
      "Contours beyond an instance's first are kept as \"more_contours\"."
    })
final class DataImportSamCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "An .npy file, or a folder of them with folders in it.")
  private Path from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the documents; those that are there are replaced.")
  private Path to;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    InstanceImport.Report report =
        InstanceImport.convert(from, to, ProgressChoice.on(spec.commandLine().getErr()));
    output.write(
        report,
        out ->
            out.println(
                "%s: %d files, %d crops, %d instances, %d contours beyond the first"
                    .formatted(
                        to,
                        report.files(),
                        report.crops(),
                        report.instances(),
                        report.moreContours())));
    return ExitCode.OK;
  }
}
