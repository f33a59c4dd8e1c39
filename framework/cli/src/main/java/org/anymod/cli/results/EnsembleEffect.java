package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.anymod.cli.report.ReportSection;
import org.anymod.cli.report.ReportSection.Scale;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluation.Score;

/** What combining several predictions brings: a table of errors and a chart of skills. */
final class EnsembleEffect {
  private final SkillTable table;
  private final List<Integer> sizes;

  EnsembleEffect(Evaluation evaluation, SkillTable table) {
    this.table = table;
    TreeSet<Integer> all = new TreeSet<>();
    evaluation.pairs().forEach(pair -> all.addAll(pair.ensembles().keySet()));
    this.sizes = List.copyOf(all);
  }

  /** Returns the sections; none where only one number of predictions was asked for. */
  List<ReportSection> sections() {
    return sizes.size() < 2 ? List.of() : List.of(chart(), errors());
  }

  private ReportSection chart() {
    List<ReportSection.Curve> curves = new ArrayList<>();
    for (SkillTable.Axis output : table.outputs()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int size : sizes) {
        double mean = meanSkill(output, size);
        if (Double.isFinite(mean)) {
          x.add((double) size);
          y.add(mean);
        }
      }
      if (!x.isEmpty()) {
        curves.add(new ReportSection.Curve(output.label(), array(x), array(y)));
      }
    }
    return new ReportSection.Chart(
        "Effect of ensembles",
        "Skill of each output, the mean over its inputs, by the number of predictions that are"
            + " combined into one.",
        "predictions combined",
        "skill",
        Scale.LINEAR,
        curves);
  }

  private double meanSkill(SkillTable.Axis output, int size) {
    return table.pairs().values().stream()
        .filter(pair -> pair.output().equals(output.key()) && pair.ensembles().containsKey(size))
        .mapToDouble(pair -> pair.skill(pair.ensembles().get(size)))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private ReportSection errors() {
    List<String> columns = new ArrayList<>(List.of("Pair", "error"));
    sizes.forEach(size -> columns.add(size.toString()));
    columns.add("error left");
    List<List<String>> rows = new ArrayList<>();
    table
        .pairs()
        .forEach(
            (label, pair) -> {
              if (!pair.ensembles().isEmpty()) {
                rows.add(row(label, pair));
              }
            });
    return new ReportSection.Table(
        "Errors of ensembles",
        "The error by the number of predictions combined, and what the most leave of the error of"
            + " the fewest.",
        columns,
        rows);
  }

  private List<String> row(String label, Pair pair) {
    List<String> row = new ArrayList<>(List.of(label, pair.errorName()));
    for (int size : sizes) {
      Score score = pair.ensembles().get(size);
      row.add(score == null ? "–" : Numbers.figure(score.error()));
    }
    List<Score> scores = List.copyOf(pair.ensembles().values());
    double left = 100 * scores.get(scores.size() - 1).error() / scores.get(0).error();
    row.add(Double.isFinite(left) ? String.format(Locale.ROOT, "%.1f %%", left) : "–");
    return row;
  }
}
