package org.anymod.cli;

import ai.djl.Device;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.cli.BenchmarkSubject.Computation;
import org.anymod.core.benchmark.FixedTokens;
import org.anymod.core.benchmark.SampleBenchmark;
import org.anymod.core.benchmark.SampleFigures;
import org.anymod.core.benchmark.SyntheticModalities;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anymod benchmark sample}. */
@Command(
    name = "sample",
    description = {
      "Time sampling from pixels with random weights and synthetic modalities: a text with caches",
      "and without, a grid with guidance and without, and chains of more and more outputs."
    })
final class BenchmarkSampleCommand implements Callable<Integer> {
  @Mixin private BenchmarkSizes sizes;
  @Mixin private OutputOptions output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the model section. Repeatable.")
  private List<String> overrides = List.of();

  @Option(
      names = "--text-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most tokens of a text (default: ${DEFAULT-VALUE}).")
  private int textTokens;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "8",
      description = "MaskGIT steps of the guided grid (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--outputs",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,5,17",
      description = "Numbers of outputs in a chain (default: ${DEFAULT-VALUE}).")
  private List<Integer> outputs;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often text and grid are timed (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "8192",
      description = "Tokens of each grid's vocabulary (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "30000",
      description = "Entries of the text vocabulary (default: ${DEFAULT-VALUE}).")
  private int words;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:<index> (default: ${DEFAULT-VALUE}).")
  private String device;

  record Report(
      String device,
      String engine,
      int threads,
      int dim,
      int encoderLayers,
      int decoderLayers,
      int heads,
      SampleFigures.Result result) {}

  @Override
  public Integer call() throws Exception {
    if (vocabulary < 1 || words < 1) {
      throw new UserMistake(
          "--vocabulary is " + vocabulary + " and --words " + words + ", must be at least 1");
    }
    ModelRecipe model = sizes.withoutRecipe(overrides);
    FixedTokens special = new FixedTokens(200);
    Device where = Torch.device(device);
    SampleBenchmark.Settings settings =
        new SampleBenchmark.Settings(
            model,
            SyntheticModalities.mixed(special, vocabulary, words),
            special,
            textTokens,
            steps,
            outputs,
            repeats,
            0,
            where,
            Computation.precision("auto", device));
    Report report =
        new Report(
            where.toString(),
            "PyTorch " + Torch.version(),
            Torch.threads(),
            model.dim(),
            model.encoderLayers(),
            model.decoderLayers(),
            model.heads(),
            new SampleBenchmark(settings).run());
    output.write(report, out -> SampleBenchmarkPrinter.print(report, out));
    return ExitCode.OK;
  }
}
