package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anymod.cli.report.HtmlReport;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.results.RetrievalReport;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.core.retrieval.RetrievalEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod retrieve evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Measure how well unseen samples are found again by an embedding predicted from each modality,",
      "against a blind choice, and write a report. What no option says is taken from",
      "evaluation.retrieval in the recipe."
    })
final class RetrieveEvaluateCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--query",
      split = ",",
      paramLabel = "KEY",
      description =
          "What is asked with, each in turn: model keys or sources, several at once joined by +, or"
              + " all (default: all).")
  private List<String> queries = new ArrayList<>();

  @Option(
      names = "--gallery",
      paramLabel = "KEY",
      description = "Predict the gallery from this (default: true embeddings from files).")
  private String gallery;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Samples in the gallery; 0 means all (default: 0).")
  private Integer samples;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder of the report (default: retrieval, in the recipe's output).")
  private Path folder;

  @Mixin private EmbeddingOptions embedding;

  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      description = "How embeddings are compared: cosine or l2 (default: cosine).")
  private String similarity;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(Map<String, Object> retrieval, String report) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      RetrievalRecipe asked = asked(run);
      Stages stages = new Stages(run, interruption.signal(), err);
      RetrievalEvaluation evaluation = stages.retrieval(asked).orElseThrow();
      RetrievalReport report = new RetrievalReport(run.modalities(), evaluation);
      ReportModel page =
          report.after(
              new ReportModel(
                  run.recipe().name() + ": finding samples again",
                  "",
                  List.of(
                      new ReportModel.Fact("Embedding", evaluation.embedding()),
                      new ReportModel.Fact("Samples", Integer.toString(evaluation.samples()))),
                  List.of()));
      Path target = folder == null ? run.folders().root().resolve("retrieval") : folder;
      Path file = HtmlReport.write(page, Map.of("retrieval", report.data()), target);
      Result result = new Result(report.data(), file.toString());
      output.write(result, out -> print(evaluation, result, out));
    }
    return ExitCode.OK;
  }

  private RetrievalRecipe asked(Run run) {
    RetrievalRecipe given = run.recipe().evaluation().retrieval();
    ModalityNames keys = new ModalityNames(run.modalities());
    List<String> chosen =
        queries.isEmpty() ? given.queries() : queries.stream().map(w -> keys(keys, w)).toList();
    return new RetrievalRecipe(
        chosen.isEmpty() ? List.of(RetrievalRecipe.ALL) : chosen,
        embedding.key().or(given::embedding),
        Optional.ofNullable(gallery).map(word -> keys(keys, word)).or(given::gallery),
        samples == null ? given.samples() : samples(samples),
        given.top(),
        embedding.ensemble().orElse(given.ensemble()),
        similarity == null ? given.similarity() : similarity,
        given.shown());
  }

  private static int samples(int count) {
    if (count < 0) {
      throw new UserMistake("--samples is " + count + ", must be at least 0");
    }
    return count;
  }

  /** Words of the command line as the recipe has them. */
  private static String keys(ModalityNames keys, String words) {
    if (words.equals(RetrievalRecipe.ALL)) {
      return words;
    }
    List<String> found = new ArrayList<>();
    for (String word : words.split("\\+")) {
      found.add(keys.input(word).key());
    }
    return found.stream().collect(Collectors.joining("+"));
  }

  private static void print(RetrievalEvaluation evaluation, Result result, PrintWriter out) {
    TextTable table = new TextTable();
    List<String> heading = new ArrayList<>(List.of("from"));
    evaluation.cuts().forEach(cut -> heading.add("recall@" + cut));
    heading.add("median rank");
    table.row(heading.toArray(String[]::new));
    for (RetrievalEvaluation.Query query : evaluation.queries()) {
      row(table, query.name(), query.recall(), query.medianRank());
    }
    Map<Integer, Double> chance = new LinkedHashMap<>();
    evaluation.cuts().forEach(cut -> chance.put(cut, evaluation.chance(cut)));
    row(table, "chance", chance, evaluation.chanceRank());
    evaluation.bound().ifPresent(b -> row(table, b.name(), b.recall(), b.medianRank()));
    table.print(out);
    out.println("report: " + result.report());
  }

  private static void row(
      TextTable table, String name, Map<Integer, Double> recall, double medianRank) {
    List<String> cells = new ArrayList<>(List.of(name));
    recall.values().forEach(value -> cells.add(String.format(Locale.ROOT, "%.3f", value)));
    cells.add(String.format(Locale.ROOT, "%.1f", medianRank));
    table.row(cells.toArray(String[]::new));
  }
}
