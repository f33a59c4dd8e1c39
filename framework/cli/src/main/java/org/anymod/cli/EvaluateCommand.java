package org.anymod.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anymod evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Predict every output from every input on unseen samples, compare with the truth and with the",
      "best constant answer, and write report.html and report.json."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Stages stages = new Stages(session.run(), interruption.signal(), err);
      Reporting reporting = new Reporting(session.run(), stages);
      Reporting.Result result = reporting.write();
      output.write(result, out -> reporting.print(result, out));
    }
    return ExitCode.OK;
  }
}
