package org.anymod.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.anymod.core.benchmark.SampleFigures;

/** Figures of sampling as text. */
final class SampleBenchmarkPrinter {
  private SampleBenchmarkPrinter() {}

  static void print(BenchmarkSampleCommand.Report report, PrintWriter out) {
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
    SampleFigures.Result result = report.result();
    TextTable table = new TextTable();
    table.row("modalities", Integer.toString(result.modalities()));
    table.row("parameters", Long.toString(result.parameters()));
    for (SampleFigures.Text text : result.texts()) {
      String of = "text of " + text.contextTokens() + " tokens, ";
      table.row(of + "with caches", times(text.whole().firstSeconds(), text.whole()));
      table.row(of + "without caches", times(text.whole().secondSeconds(), text.whole()));
      table.row(of + "first token", number(text.firstToken().firstSeconds(), 3) + " s");
      table.row(of + "caches are faster by", ratio(text.whole()));
      table.row(
          of + "behind the first token",
          number(text.decodingRatio(), 2) + " times in processor time");
    }
    table.row("grid without guidance", times(result.guidance().firstSeconds(), result.guidance()));
    table.row("grid with guidance", times(result.guidance().secondSeconds(), result.guidance()));
    table.row("guidance costs", ratio(result.guidance()));
    table.row("new tensors", Integer.toString(result.newTensors()));
    table.print(out);
    TextTable chains = new TextTable();
    chains.row("outputs", "tokens", "seconds", "ms a token", "in grids", "in texts");
    for (SampleFigures.Chain chain : result.chains()) {
      chains.row(
          Integer.toString(chain.outputs()),
          Integer.toString(chain.tokens()),
          number(chain.seconds(), 3),
          number(1000 * chain.secondsPerToken(), 2),
          part(chain.gridSeconds(), chain.gridTokens()),
          part(chain.textSeconds(), chain.textTokens()));
    }
    chains.print(out);
  }

  private static String times(double seconds, SampleFigures.Comparison comparison) {
    return number(seconds, 3) + " s, " + comparison.tokens() + " tokens";
  }

  private static String ratio(SampleFigures.Comparison comparison) {
    return "%s times, %s times in processor time"
        .formatted(number(comparison.ratio(), 2), number(comparison.processorRatio(), 2));
  }

  private static String part(double seconds, int tokens) {
    return number(seconds, 3) + " s, " + tokens + " tokens";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
