package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.anymod.core.pipeline.Run;
import org.anymod.torch.parallel.Launch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anymod train}. */
@Command(
    name = "train",
    description = {
      "Train the any-to-any model of a recipe, and first whatever is missing for it: the",
      "vocabulary, the tokenizers, the tokens.",
      "Ctrl-C or SIGTERM leaves a checkpoint; the same command goes on from there, as it does",
      "after a crash from the newest checkpoint that is not damaged."
    })
final class TrainCommand implements ParallelCommand {
  @Mixin private RecipeOptions recipe;
  @Mixin private DryRun dry;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(long steps, String checkpoint, String log) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      if (dry.isWanted()) {
        DryRun.Result needs = dry.of(run);
        if (Launch.current().rank() == 0) {
          output.write(needs, out -> dry.print(needs, out));
        }
        return ExitCode.OK;
      }
      run.joinRanks();
      new Stages(run, interruption.signal(), err).model();
      if (!run.ranks().isFirst()) {
        return ExitCode.OK;
      }
      Path checkpoint =
          run.model()
              .checkpoints()
              .latestModel()
              .orElseThrow(() -> new UserMistake("training.steps is 0, must be at least 1"));
      Result result =
          new Result(
              run.model().checkpoints().latest().orElseThrow(),
              checkpoint.toString(),
              run.folders().logs().resolve("train.jsonl").toString());
      output.write(result, out -> print(result, out));
    }
    return ExitCode.OK;
  }

  private static void print(Result result, PrintWriter out) {
    out.println("trained " + result.steps() + " steps");
    out.println("weights: " + result.checkpoint());
    out.println("log: " + result.log());
  }
}
