package org.anymod.cli;

import java.util.concurrent.Callable;
import org.anymod.core.benchmark.DataBenchmark;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod benchmark data}. */
@Command(
    name = "data",
    description = {
      "Time the reading of a recipe's tokens on one thread, in shuffled order. Files that were read",
      "before may come from memory."
    })
final class BenchmarkDataCommand implements Callable<Integer> {
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
      defaultValue = "1000",
      description = "Samples to read (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (RunSession session = RunSession.open(recipe.choice(), spec.commandLine().getErr())) {
      Run run = session.run();
      String chosen = split == null ? run.recipe().data().train() : split;
      DataBenchmark.Result result = DataBenchmark.run(run, chosen, samples);
      output.write(result, out -> BenchmarkPrinter.print(result, out));
    }
    return ExitCode.OK;
  }
}
