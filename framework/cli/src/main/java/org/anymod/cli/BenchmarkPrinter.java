package org.anymod.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.anymod.core.benchmark.DataBenchmark;
import org.anymod.core.benchmark.MaskBenchmark;
import org.anymod.core.benchmark.TokenizeBenchmark;
import org.anymod.core.benchmark.TrainBenchmark;

/** Figures of measurements as text. */
final class BenchmarkPrinter {
  private BenchmarkPrinter() {}

  static void print(BenchmarkTrainCommand.Report report, PrintWriter out) {
    out.println(
        "%s, %s, %d threads; width %d, %d + %d blocks, %d heads"
            .formatted(
                report.device(),
                report.engine(),
                report.threads(),
                report.dim(),
                report.encoderLayers(),
                report.decoderLayers(),
                report.heads()));
    TextTable table = new TextTable();
    row(table, report, "modalities", r -> Integer.toString(r.modalities()));
    row(table, report, "parameters", r -> Long.toString(r.parameters()));
    row(table, report, "samples in a step", r -> Integer.toString(r.batch()));
    row(table, report, "visible tokens in a step", r -> number(r.inputTokens(), 1));
    row(table, report, "predicted tokens in a step", r -> number(r.targetTokens(), 1));
    row(table, report, "steps timed", r -> Integer.toString(r.steps()));
    row(table, report, "seconds a step, median", r -> number(r.secondsPerStep(), 4));
    row(
        table,
        report,
        "fastest, slowest",
        r -> number(r.fastestStep(), 4) + ", " + number(r.slowestStep(), 4));
    row(table, report, "processor seconds a step", r -> number(r.cpuSecondsPerStep(), 4));
    row(table, report, "steps a second", r -> number(r.stepsPerSecond(), 3));
    row(table, report, "tokens a second", r -> number(r.tokensPerSecond(), 1));
    row(table, report, "matrix products, GFLOP/s", r -> number(r.gigaflops(), 2));
    row(table, report, "large product, GFLOP/s", r -> number(r.largeProductGigaflops(), 2));
    row(table, report, "model's products, GFLOP/s", r -> number(r.modelProductGigaflops(), 2));
    row(table, report, "share of large product", r -> percent(r.shareOfLargeProduct()));
    row(table, report, "share of model's products", r -> percent(r.shareOfModelProduct()));
    row(
        table,
        report,
        "peak resident MiB",
        r -> r.peakResidentMib() == null ? "unknown" : r.peakResidentMib().toString());
    row(table, report, "live tensors", r -> r.liveTensors() + " (" + r.newTensors() + " new)");
    List<String> ratios =
        report.runs().stream().map(run -> number(run.stepTimeRatio(), 3)).toList();
    table.row(cells("time of a step, relative", ratios));
    List<String> costs =
        report.runs().stream().map(run -> number(run.processorTimeRatio(), 3)).toList();
    table.row(cells("processor time, relative", costs));
    table.print(out);
  }

  private static void row(
      TextTable table,
      BenchmarkTrainCommand.Report report,
      String name,
      Function<TrainBenchmark.Result, String> cell) {
    table.row(cells(name, report.runs().stream().map(run -> cell.apply(run.result())).toList()));
  }

  private static String[] cells(String name, List<String> values) {
    return Stream.concat(Stream.of(name), values.stream()).toArray(String[]::new);
  }

  static void print(MaskBenchmark.Result result, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("modalities", Integer.toString(result.modalities()));
    table.row("components of the mixture", Integer.toString(result.components()));
    table.row("samples", Integer.toString(result.samples()));
    table.row("samples a second, one thread", number(result.samplesPerSecond(), 1));
    table.row("microseconds a sample", number(result.microsecondsPerSample(), 2));
    table.row("visible tokens a sample", number(result.inputTokens(), 1));
    table.row("predicted tokens a sample", number(result.targetTokens(), 1));
    table.print(out);
  }

  static void print(DataBenchmark.Result result, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("split", result.split() + ", " + result.size() + " samples");
    table.row("modalities", Integer.toString(result.modalities()));
    table.row("samples read", Integer.toString(result.samples()));
    table.row("bytes a sample", number(result.bytesPerSample(), 1));
    table.row("read", rate(result.readSamplesPerSecond(), result.readMegabytesPerSecond()));
    table.row(
        "read and decoded",
        rate(result.decodedSamplesPerSecond(), result.decodedMegabytesPerSecond()));
    table.print(out);
  }

  static void print(TokenizeBenchmark.Result result, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("split", result.split() + ", " + result.samples() + " samples");
    table.row("modalities", Integer.toString(result.modalities()));
    table.row("crops a sample", Integer.toString(result.crops()));
    table.row("tokens a sample", number(result.tokensPerSample(), 0));
    table.row("samples a second", number(result.samplesPerSecond(), 1));
    table.row("tokens a second", number(result.tokensPerSecond(), 1));
    table.row("seconds in all", number(result.seconds(), 3));
    table.row("reading and cropping, own threads", number(result.prepareSeconds(), 3));
    table.row("waiting for that", number(result.waitSeconds(), 3));
    table.row("encoding", number(result.encodeSeconds(), 3));
    table.row("packing and writing", number(result.writeSeconds(), 3));
    result
        .multiplyAddsPerSample()
        .forEach((key, adds) -> table.row("million multiply-adds, " + key, number(adds / 1e6, 1)));
    if (!result.uncounted().isEmpty()) {
      table.row("not counted", String.join(", ", result.uncounted()));
    }
    table.row("large product, GFLOP/s", number(result.largeProductGigaflops(), 2));
    table.row("encoders' products, GFLOP/s", number(result.encoderProductGigaflops(), 2));
    table.row("share of large product", percent(result.shareOfLargeProduct()));
    table.row("share of encoders' products", percent(result.shareOfEncoderProducts()));
    table.row("the same, encoding alone", percent(result.encodeShareOfEncoderProducts()));
    table.print(out);
  }

  private static String rate(double samples, double megabytes) {
    return number(samples, 1) + " samples/s, " + number(megabytes, 2) + " MB/s, one thread";
  }

  private static String percent(double share) {
    return number(100 * share, 1) + " %";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
