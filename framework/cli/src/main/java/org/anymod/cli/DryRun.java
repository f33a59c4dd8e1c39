package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.anymod.core.pipeline.Run;
import org.anymod.core.training.TrainingEstimate;
import org.anymod.torch.parallel.Launch;
import picocli.CommandLine.Option;

/** Options and output of {@code anymod train --dry-run}: what a training would need. */
final class DryRun {
  private static final double GIB = 1L << 30;

  @Option(
      names = "--dry-run",
      description = "Train nothing; show memory and communication of the model's training.")
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

  /** What programs get; sizes in bytes, the time in seconds. */
  record Result(
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
            run.inventory(),
            run.recipe().model(),
            run.recipe().training(),
            run.recipe().masking(),
            ranks);
    return new Result(
        estimate.parameters(),
        ranks,
        estimate.stateBytes(),
        estimate.reducedBytes(),
        estimate.sentBytes(),
        estimate.seconds(bandwidth * 1e9));
  }

  void print(Result result, PrintWriter out) {
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
