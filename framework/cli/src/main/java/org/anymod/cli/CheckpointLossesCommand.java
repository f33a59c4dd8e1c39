package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.WeightLosses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod checkpoint losses}. */
@Command(
    name = "losses",
    description = {
      "Measure weights on the validation split of a recipe: the loss of each modality. Samples and",
      "what is hidden of them follow from the recipe alone, so that figures of several files compare.",
      "A file may have more modalities than the recipe, as an extended one has."
    })
final class CheckpointLossesCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = {
        "Weights to measure; with several, changes from the first are shown. Repeatable (default:",
        "the newest of the recipe's run)."
      })
  private List<Path> weights = new ArrayList<>();

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      List<Path> files = files(run);
      new Stages(run, interruption.signal(), err).validationTokens();
      List<WeightLosses> losses = WeightLosses.measure(run, files);
      output.write(losses, out -> print(losses, out));
    }
    return ExitCode.OK;
  }

  private List<Path> files(Run run) throws Exception {
    if (!weights.isEmpty()) {
      return List.copyOf(weights);
    }
    return List.of(
        run.model()
            .weights()
            .orElseThrow(
                () ->
                    new UserMistake(
                        run.folders().checkpoints()
                            + ": no checkpoint; name weights with --weights")));
  }

  private static void print(List<WeightLosses> all, PrintWriter out) {
    for (int i = 0; i < all.size(); i++) {
      out.println((i + 1) + ": " + all.get(i).weights());
    }
    out.println();
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("LOSS"));
    IntStream.rangeClosed(1, all.size()).forEach(i -> head.add(Integer.toString(i)));
    table.row(head.toArray(String[]::new));
    for (String key : all.get(0).byModality().keySet()) {
      row(table, key, all, losses -> losses.byModality().get(key));
    }
    row(table, "together", all, WeightLosses::loss);
    table.print(out);
  }

  private static void row(
      TextTable table, String name, List<WeightLosses> all, ToDoubleFunction<WeightLosses> figure) {
    double first = figure.applyAsDouble(all.get(0));
    List<String> cells = new ArrayList<>(List.of(name, number("%.4f", first)));
    for (WeightLosses losses : all.subList(1, all.size())) {
      double loss = figure.applyAsDouble(losses);
      cells.add(number("%.4f", loss) + number(" (%+.2f %%)", 100 * (loss / first - 1)));
    }
    table.row(cells.toArray(String[]::new));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
