package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.data.DatasetProblem;
import org.anymod.core.data.DatasetTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anymod data verify}. */
@Command(
    name = "verify",
    description = {
      "Look for missing files, names that diverge, damaged shards, orphans.",
      "Ends with 1 if something is wrong."
    })
final class DataVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SPLIT", description = "Folder of a split, such as data/train.")
  private Path root;

  @Mixin private OutputOptions output;

  record Result(String split, boolean sound, List<String> problems) {}

  @Override
  public Integer call() throws IOException {
    List<String> problems =
        DatasetTools.verify(root).stream().map(DatasetProblem::toString).toList();
    output.write(
        new Result(root.toString(), problems.isEmpty(), problems),
        out -> {
          problems.forEach(out::println);
          String count = problems.size() + (problems.size() == 1 ? " problem" : " problems");
          out.println(root + ": " + (problems.isEmpty() ? "sound" : count));
        });
    return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
