package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anymod.core.Progress;
import org.anymod.core.benchmark.StepTime;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.training.TrainingEstimate;
import org.anymod.torch.Torch;
import org.anymod.torch.parallel.Launch;
import picocli.CommandLine.Option;

/** Options and output of {@code anymod train --dry-run}: what a training would need. */
final class DryRun {
  private static final double GIB = 1L << 30;

  @Option(
      names = "--dry-run",
      description = {
        "Train nothing; show what is still to be done, and the time, memory and communication of the",
        "model's training."
      })
  private boolean wanted;

  @Option(
      names = "--ranks",
      paramLabel = "N",
      description = "Processes to reckon with (default: those of this launch).")
  private int ranks = Launch.current().size();

  @Option(
      names = "--bandwidth",
      paramLabel = "GB/s",
      description =
          "What each process can send in a second, for --dry-run (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private double bandwidth;

  /**
   * A stage of the run.
   *
   * @param name what is made
   * @param state that it is there, or what is still to be done
   */
  record Stage(String name, String state) {}

  /** What programs get; sizes in bytes, times in seconds. */
  record Result(
      List<Stage> plan,
      double operationsPerStep,
      double operationsPerSecond,
      double secondsPerStepAtLeast,
      double secondsAtLeast,
      long parameters,
      int ranks,
      long stateBytes,
      long reducedBytesPerStep,
      long sentBytesPerStep,
      double communicationSecondsPerStep) {}

  boolean isWanted() {
    if (wanted && (ranks < 1 || !(bandwidth > 0))) {
      throw new UserMistake("--ranks and --bandwidth must be more than 0");
    }
    return wanted;
  }

  Result of(Run run) throws IOException {
    int batch = run.recipe().training().batch();
    if (batch % ranks != 0) {
      throw new UserMistake(
          "training.batch is "
              + batch
              + ", which "
              + ranks
              + " processes cannot divide evenly: allowed are multiples of "
              + ranks);
    }
    TrainingEstimate estimate =
        TrainingEstimate.of(
            run.model().inventory(run.vocabulary(Progress.silent())),
            run.recipe().model(),
            run.recipe().training(),
            run.recipe().masking(),
            ranks);
    Recipe recipe = run.recipe();
    double operations = StepTime.operations(recipe.model(), recipe.training(), recipe.masking());
    double rate = StepTime.rate(Torch.device(recipe.device()));
    double seconds = operations / rate / ranks;
    return new Result(
        plan(run),
        operations,
        rate,
        seconds,
        seconds * (run.model().trainingPlan().steps() - done(run)),
        estimate.parameters(),
        ranks,
        estimate.stateBytes(),
        estimate.reducedBytes(),
        estimate.sentBytes(),
        estimate.seconds(bandwidth * 1e9));
  }

  private static long done(Run run) throws IOException {
    return Math.min(
        run.model().checkpoints().latest().orElse(0), run.model().trainingPlan().steps());
  }

  private static List<Stage> plan(Run run) throws IOException {
    List<Stage> plan = new ArrayList<>();
    for (UsedModality modality : run.modalities().tokenized()) {
      TokenizerRecipe recipe = run.recipe().tokenizers().get(modality.key());
      String steps = recipe == null ? "to be trained" : recipe.steps() + " steps to train";
      boolean trained = run.tokenizers().isTrained(modality);
      plan.add(new Stage("tokenizer " + modality.key(), trained ? "trained" : steps));
    }
    String split = run.recipe().data().train();
    boolean tokens = Files.isDirectory(run.folders().tokens(split));
    plan.add(new Stage("tokens " + split, tokens ? "begun or there" : "to be made"));
    plan.add(
        new Stage(
            "model", done(run) + " of " + run.model().trainingPlan().steps() + " steps are done"));
    return plan;
  }

  void print(Result result, PrintWriter out) {
    TextTable plan = new TextTable();
    result.plan().forEach(stage -> plan.row(stage.name(), stage.state()));
    plan.print(out);
    out.println(
        text(
            "a step: %.1f GFLOP of products, at least %.3f s at this machine's %.0f GFLOP/s",
            result.operationsPerStep() / 1e9,
            result.secondsPerStepAtLeast(),
            result.operationsPerSecond() / 1e9));
    out.println(
        "time of the model's training: at least "
            + Durations.text((long) (result.secondsAtLeast() * 1e9)));
    out.println(text("parameters: %,d", result.parameters()));
    out.println("processes: " + result.ranks());
    out.println(text("memory of each, without activations: %.3f GiB", result.stateBytes() / GIB));
    out.println(
        text("gradients summed in a step: at most %.3f GiB", result.reducedBytesPerStep() / GIB));
    out.println(text("sent by each in a step: %.3f GiB", result.sentBytesPerStep() / GIB));
    out.println(
        text(
            "communication of a step at %s GB/s: %.4f s",
            bandwidth, result.communicationSecondsPerStep()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
