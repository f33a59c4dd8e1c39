package org.anymod.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.anymod.core.benchmark.MaskBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod benchmark mask}. */
@Command(
    name = "mask",
    description = {
      "Time masking on one thread, on synthetic samples that have something of every modality.",
      "With a recipe: its modalities and mixture. Without one: 21 modalities of all kinds."
    })
final class BenchmarkMaskCommand implements Callable<Integer> {
  @Mixin private OptionalRecipe recipe;
  @Mixin private BenchmarkBudgets budgets;
  @Mixin private OutputOptions output;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Samples that are timed (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Optional<RecipeChoice> choice = recipe.choice(budgets.overrides());
    if (choice.isEmpty()) {
      if (!recipe.overrides().isEmpty()) {
        throw new UserMistake("--set changes a recipe, but none is named");
      }
      measure(BenchmarkSubject.mixed(budgets.inputTokens(), budgets.targetTokens()), 0);
      return ExitCode.OK;
    }
    try (RunSession session = RunSession.open(choice.get(), spec.commandLine().getErr())) {
      measure(BenchmarkSubject.of(session.run()), session.run().recipe().seed());
    }
    return ExitCode.OK;
  }

  private void measure(BenchmarkSubject subject, long seed) throws Exception {
    MaskBenchmark.Result result =
        MaskBenchmark.run(subject.modalities(), subject.plan(), subject.special(), samples, seed);
    output.write(result, out -> BenchmarkPrinter.print(result, out));
  }
}
