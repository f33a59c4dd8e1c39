package org.anymod.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anymod.core.data.DatasetReport;

/** Writes what a dataset holds, for people. */
final class DatasetPrinter {
  private DatasetPrinter() {}

  static void print(DatasetReport report, PrintWriter out) {
    String layout = report.layout().name().toLowerCase(Locale.ROOT);
    out.println(report.name() + ": " + report.samples() + " samples in " + layout);
    TextTable table = new TextTable();
    table.row("SOURCE", "SAMPLES", "SHARDS", "SIZE", "FILES", "CONTRACT");
    for (DatasetReport.Source source : report.sources()) {
      String files =
          source.extensions().entrySet().stream()
              .map(entry -> entry.getValue() + " ." + entry.getKey())
              .collect(Collectors.joining(", "));
      table.row(
          source.name(),
          Integer.toString(source.samples()),
          source.shards() == 0 ? "-" : Integer.toString(source.shards()),
          size(source.bytes()),
          files,
          source.hasContract() ? "yes" : "-");
    }
    table.print(out);
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    double scaled = bytes / Math.pow(1024, power);
    return String.format(Locale.ROOT, "%.1f %ciB", scaled, " KMGTPE".charAt(power));
  }
}
