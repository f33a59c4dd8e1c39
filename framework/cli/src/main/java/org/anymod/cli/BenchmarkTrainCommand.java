package org.anymod.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anymod.cli.BenchmarkSubject.Computation;
import org.anymod.core.benchmark.TrainBenchmark;
import org.anymod.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod benchmark train}. */
@Command(
    name = "train",
    description = {
      "Time training steps on synthetic samples, against the machine's own rate of matrix products",
      "measured just before. With a recipe: its modalities, sizes, mixture and budgets, without its",
      "data. Without one, or with --modalities: that many token grids that share the budgets",
      "equally; several numbers show what more modalities cost."
    })
final class BenchmarkTrainCommand implements Callable<Integer> {
  @Mixin private OptionalRecipe recipe;
  @Mixin private BenchmarkSizes sizes;
  @Mixin private BenchmarkBudgets budgets;
  @Mixin private OutputOptions output;

  @Option(
      names = "--modalities",
      paramLabel = "N",
      split = ",",
      description = "Numbers of token grids, such as 5,21,100 (default: 21, or the recipe's own).")
  private List<Integer> counts = new ArrayList<>();

  @Option(
      names = "--grid",
      paramLabel = "N",
      defaultValue = "14",
      description = "Rows and columns of each token grid (default: ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Tokens of each grid's vocabulary (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples in a step (default: 8, or the recipe's).")
  private Integer batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Steps that are timed (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "3",
      description = "Steps before these (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--product-size",
      paramLabel = "N",
      defaultValue = "2048",
      description =
          "Side of the large matrices multiplied for comparison (default: ${DEFAULT-VALUE}).")
  private int productSize;

  @Option(
      names = "--lazy",
      description =
          "Update only touched rows of tables and touched heads (default: as the recipe says).")
  private boolean lazy;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "Without a recipe: auto, cpu, gpu or gpu:<index> (default: ${DEFAULT-VALUE}).")
  private String device;

  @Spec private CommandSpec spec;

  record Report(
      String device,
      String engine,
      int threads,
      int dim,
      int encoderLayers,
      int decoderLayers,
      int heads,
      List<Row> runs) {}

  /**
   * One measurement.
   *
   * @param stepTimeRatio time of a step relative to the first measurement
   * @param processorTimeRatio processor time of a step relative to the first measurement
   */
  record Row(double stepTimeRatio, double processorTimeRatio, TrainBenchmark.Result result) {}

  @Override
  public Integer call() throws Exception {
    List<String> changes = new ArrayList<>(sizes.overrides());
    changes.addAll(budgets.overrides());
    Optional<RecipeChoice> choice = recipe.choice(changes);
    if (choice.isEmpty()) {
      Computation computation =
          new Computation(
              sizes.withoutRecipe(recipe.overrides()),
              Torch.device(device),
              Computation.precision("auto", device),
              8,
              0,
              false);
      List<Integer> wanted = counts.isEmpty() ? List.of(21) : counts;
      measure(computation, grids(wanted, budgets.inputTokens(), budgets.targetTokens()));
      return ExitCode.OK;
    }
    try (RunSession session = RunSession.open(choice.get(), spec.commandLine().getErr())) {
      BenchmarkSubject own = BenchmarkSubject.of(session.run());
      measure(
          Computation.of(session.run().recipe()),
          counts.isEmpty()
              ? List.of(own)
              : grids(counts, own.plan().maxInput(), own.plan().maxTarget()));
    }
    return ExitCode.OK;
  }

  private List<BenchmarkSubject> grids(List<Integer> wanted, int inputs, int targets) {
    for (int count : wanted) {
      if (count < 1) {
        throw new UserMistake("--modalities is " + count + ", must be at least 1");
      }
    }
    return wanted.stream()
        .map(count -> BenchmarkSubject.grids(count, side, vocabulary, inputs, targets))
        .toList();
  }

  private void measure(Computation computation, List<BenchmarkSubject> subjects) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    List<Row> rows = new ArrayList<>();
    for (BenchmarkSubject subject : subjects) {
      err.println("benchmark: " + subject.modalities().size() + " modalities");
      err.flush();
      TrainBenchmark.Result result = new TrainBenchmark(settings(computation, subject)).run();
      TrainBenchmark.Result first = rows.isEmpty() ? result : rows.get(0).result();
      rows.add(
          new Row(
              result.secondsPerStep() / first.secondsPerStep(),
              result.cpuSecondsPerStep() / first.cpuSecondsPerStep(),
              result));
    }
    Report report =
        new Report(
            computation.device().toString(),
            "PyTorch " + Torch.version(),
            Torch.threads(),
            computation.model().dim(),
            computation.model().encoderLayers(),
            computation.model().decoderLayers(),
            computation.model().heads(),
            rows);
    output.write(report, out -> BenchmarkPrinter.print(report, out));
  }

  private TrainBenchmark.Settings settings(Computation computation, BenchmarkSubject subject) {
    return new TrainBenchmark.Settings(
        computation.model(),
        subject.modalities(),
        subject.plan(),
        subject.special(),
        batch == null ? computation.batch() : batch,
        warmup,
        steps,
        productSize,
        computation.seed(),
        computation.device(),
        computation.precision(),
        lazy || computation.lazy());
  }
}
