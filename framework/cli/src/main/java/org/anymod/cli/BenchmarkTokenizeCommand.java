package org.anymod.cli;

import java.util.concurrent.Callable;
import org.anymod.core.benchmark.TokenizeBenchmark;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod benchmark tokenize}. */
@Command(
    name = "tokenize",
    description = {
      "Time the way from a recipe's files to tokens on disk, with its trained tokenizers, and hold it",
      "against the encoders' matrix products at this machine's speed. Nothing of the run is changed."
    })
final class BenchmarkTokenizeCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;
  @Mixin private OutputOptions output;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to read (default: the recipe's training split).")
  private String split;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "512",
      description = "Samples to tokenize at most (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (RunSession session = RunSession.open(recipe.choice(), spec.commandLine().getErr())) {
      Run run = session.run();
      String chosen = split == null ? run.recipe().data().train() : split;
      TokenizeBenchmark.Result result = TokenizeBenchmark.run(run, chosen, samples);
      output.write(result, out -> BenchmarkPrinter.print(result, out));
    }
    return ExitCode.OK;
  }
}
