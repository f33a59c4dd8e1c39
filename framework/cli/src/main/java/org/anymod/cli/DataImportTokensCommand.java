package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod data import-tokens}. */
@Command(
    name = "import-tokens",
    description = {
      "Take tokens that were computed elsewhere as those of a recipe's run, after checking them.",
      "FROM holds <model key>/<name>.npy of shape (crops, tokens), crop_settings/<name>.npy, and raw",
      "files of all other modalities. The tokens must be of the run's own tokenizers, which they are",
      "stored as.",
      "After an interruption the same command goes on."
    })
final class DataImportTokensCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the split that has the tokens.")
  private Path from;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split of the run that they become (default: the recipe's training split).")
  private String split;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      String into = split == null ? run.recipe().data().train() : split;
      if (!Stages.splits(run.recipe().data()).contains(into)) {
        throw new UserMistake(
            "--split is '" + into + "', allowed: " + Stages.splits(run.recipe().data()));
      }
      if (!run.importTokens(into, from, ProgressChoice.on(err), interruption.signal())) {
        throw new StoppedException();
      }
      String folder = run.folders().tokens(into).toString();
      output.write(folder, out -> out.println(folder));
    }
    return ExitCode.OK;
  }
}
