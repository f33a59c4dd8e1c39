package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.anymod.core.benchmark.RetrieveBenchmark;
import org.anymod.core.benchmark.RetrieveBenchmark.Result;
import org.anymod.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod benchmark retrieve}. */
@Command(
    name = "retrieve",
    description = {
      "Time exact search and search along a graph on the same random clustered vectors, by turns, and",
      "count how many of the true neighbours the graph finds."
    })
final class BenchmarkRetrieveCommand implements Callable<Integer> {
  @Option(
      names = "--vectors",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000,100000",
      description = "Sizes of the gallery (default: ${DEFAULT-VALUE}).")
  private List<Integer> vectors = new ArrayList<>();

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "64",
      description = "Numbers in a vector (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "100",
      description = "Vectors that are looked up (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Neighbours of each (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "Device of the exact search: auto, cpu, gpu or gpu:N (default: auto).")
  private String device;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    within("--width", width, 1, 65536);
    within("--queries", queries, 1, 1_000_000);
    for (int size : vectors) {
      within("--vectors", size, 1, 10_000_000);
      within("--top", top, 1, size);
    }
    List<Result> results = measure();
    output.write(results, out -> print(results, out));
    return ExitCode.OK;
  }

  private List<Result> measure() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    List<Result> results = new ArrayList<>();
    try (Interruption interruption = Interruption.open(err)) {
      for (int size : vectors) {
        RetrieveBenchmark.Setup setup = new RetrieveBenchmark.Setup(size, width, queries, top, 0);
        results.add(
            RetrieveBenchmark.run(
                    setup,
                    Torch.device(device),
                    folder,
                    ProgressChoice.on(err),
                    interruption.signal())
                .orElseThrow(StoppedException::new));
      }
    }
    return results;
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UserMistake(name + " is " + value + ", must be from " + least + " to " + most);
    }
  }

  private static void print(List<Result> results, PrintWriter out) {
    TextTable table = new TextTable();
    row(table, "vectors", results, r -> Integer.toString(r.vectors()));
    row(table, "exact, one query at a time, ms", results, r -> number(r.exactMilliseconds()));
    row(table, "exact, all queries at once, ms", results, r -> number(r.batchMilliseconds()));
    row(table, "graph, one query at a time, ms", results, r -> number(r.graphMilliseconds()));
    row(table, "graph faster than exact, one by one", results, r -> number(r.exactToGraph()));
    row(table, "graph faster than exact, at once", results, r -> number(r.batchToGraph()));
    row(table, "true neighbours found", results, r -> number(r.recall()));
    row(table, "building the graph, s", results, r -> number(r.buildSeconds()));
    table.print(out);
  }

  private static void row(
      TextTable table, String name, List<Result> results, Function<Result, String> cell) {
    List<String> cells = new ArrayList<>(List.of(name));
    results.forEach(result -> cells.add(cell.apply(result)));
    table.row(cells.toArray(String[]::new));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
