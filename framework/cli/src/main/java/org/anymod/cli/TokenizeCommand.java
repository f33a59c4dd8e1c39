package org.anymod.cli;

import java.io.PrintWriter;
import java.util.List;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anymod tokenize}. */
@Command(
    name = "tokenize",
    description = {
      "Turn both splits of a recipe's data into tokens, with its trained tokenizers.",
      "After an interruption the same command goes on."
    })
final class TokenizeCommand implements ParallelCommand {
  @Mixin private RecipeOptions recipe;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      run.joinRanks();
      List<String> splits = Stages.splits(run.recipe().data());
      new Stages(run, interruption.signal(), err).tokens(splits);
      List<String> folders =
          splits.stream().map(split -> run.folders().tokens(split).toString()).toList();
      if (run.ranks().isFirst()) {
        output.write(folders, out -> folders.forEach(out::println));
      }
    }
    return ExitCode.OK;
  }
}
