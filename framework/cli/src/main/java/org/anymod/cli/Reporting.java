package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anymod.cli.report.HtmlReport;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.results.EvaluationReport;
import org.anymod.cli.results.RetrievalReport;
import org.anymod.cli.results.RunFacts;
import org.anymod.cli.results.SkillMatrix;
import org.anymod.cli.results.SkillTable;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.pipeline.Run;

/** Measures a trained model, writes its report and shows the skills. */
final class Reporting {
  private final Run run;
  private final Stages stages;

  /**
   * What programs get.
   *
   * @param skill skill by pair
   * @param report the page
   * @param data the file for programs
   * @param matrix the skills of all pairs, for programs
   * @param picture the same as a picture
   */
  record Result(
      Map<String, Double> skill, String report, String data, String matrix, String picture) {}

  private SkillTable table;

  Reporting(Run run, Stages stages) {
    this.run = run;
    this.stages = stages;
  }

  /** Measures and writes; empty on all ranks but the first. */
  Optional<Result> write() throws Exception {
    Optional<Evaluation> measured = stages.evaluation();
    return measured.isPresent() ? Optional.of(write(measured.get())) : Optional.empty();
  }

  private Result write(Evaluation evaluation) throws Exception {
    Optional<RetrievalReport> retrieval =
        stages
            .retrieval(run.recipe().evaluation().retrieval())
            .map(found -> new RetrievalReport(run.modalities(), found));
    RunFacts facts = RunFacts.of(run, stages.times().total());
    EvaluationReport report =
        new EvaluationReport(run.modalities(), evaluation, facts, run.model().trainingLog().read());
    ReportModel model = report.page();
    Map<String, Object> data = report.data();
    if (retrieval.isPresent()) {
      model = retrieval.get().after(model);
      data.put("retrieval", retrieval.get().data());
    }
    Path page = HtmlReport.write(model, data, run.folders().root());
    new SkillMatrix(facts.name(), evaluation).write(run.folders().root());
    table = SkillTable.of(evaluation);
    Map<String, Double> skill = new LinkedHashMap<>();
    table.pairs().forEach((name, pair) -> skill.put(name, pair.skill()));
    return new Result(
        skill,
        page.toString(),
        page.resolveSibling(HtmlReport.DATA).toString(),
        page.resolveSibling(SkillMatrix.DATA).toString(),
        page.resolveSibling(SkillMatrix.PICTURE).toString());
  }

  /** Writes the table of skills: the same for two runs of the same recipe. */
  void print(Result result, PrintWriter out) {
    out.println("skill: 1 is perfect, 0 is what the best constant answer reaches");
    TextTable text = new TextTable();
    List<String> headings = table.outputs().stream().map(SkillTable.Axis::label).toList();
    text.row(row("from \\ to", headings));
    for (SkillTable.Axis input : table.inputs()) {
      List<String> cells =
          table.outputs().stream()
              .map(output -> table.pair(input, output).map(p -> skill(p.skill())).orElse("-"))
              .toList();
      text.row(row(input.label(), cells));
    }
    text.print(out);
    out.println("report: " + result.report());
    out.println("data: " + result.data());
    out.println("matrix: " + result.matrix() + ", " + result.picture());
  }

  private static String skill(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
  }

  private static String[] row(String first, List<String> cells) {
    String[] row = new String[cells.size() + 1];
    row[0] = first;
    for (int i = 0; i < cells.size(); i++) {
      row[i + 1] = cells.get(i);
    }
    return row;
  }
}
