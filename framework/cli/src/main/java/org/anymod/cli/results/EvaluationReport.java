package org.anymod.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.report.ReportSection;
import org.anymod.cli.report.ReportSection.Scale;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluation.Score;
import org.anymod.core.modality.ModalitySet;

/** The report of a trained model: skill, figures, loss curves, pictures, facts. */
public final class EvaluationReport {
  private static final String SUMMARY =
      "Every output is predicted from every input alone, on samples that training never saw. Skill"
          + " is 1 - error / error of the best constant predictor: the one answer, fitted on the"
          + " training split (pixel by pixel for pictures), that errs least when it is given every"
          + " time. 1 is perfect, 0 is no better than that constant, below 0 is worse. Beside it stand"
          + " what the truth of another sample reaches, and what the tokenizer alone leaves.";

  private final ModalitySet modalities;
  private final Evaluation evaluation;
  private final RunFacts facts;
  private final List<JsonNode> log;
  private final SkillTable table;

  /**
   * Gathers what the report is about.
   *
   * @param modalities modalities of the run
   * @param evaluation what was measured
   * @param facts what else is worth knowing
   * @param log lines of the training log
   */
  public EvaluationReport(
      ModalitySet modalities, Evaluation evaluation, RunFacts facts, List<JsonNode> log) {
    this.modalities = modalities;
    this.evaluation = evaluation;
    this.facts = facts;
    this.log = List.copyOf(log);
    this.table = SkillTable.of(evaluation);
  }

  /**
   * Returns the report for people.
   *
   * @return the page
   */
  public ReportModel page() {
    List<ReportSection> sections = new ArrayList<>();
    sections.add(new SkillMatrix(facts.name(), evaluation).section());
    table.outputs().forEach(output -> sections.add(figures(output)));
    sections.addAll(new EnsembleEffect(evaluation, table).sections());
    SampleGrids grids = new SampleGrids(modalities, table);
    evaluation.shown().forEach(shown -> sections.add(grids.grid(shown)));
    if (!log.isEmpty()) {
      sections.addAll(losses());
    }
    sections.add(times());
    return new ReportModel(facts.name() + ": from any to any", SUMMARY, facts(), sections);
  }

  /**
   * Returns the report for programs: {@code skill} by pair, {@code figures} by pair, {@code
   * tokenizers} by key, {@code losses}, {@code run}. Only {@code run} depends on machine and time.
   *
   * @return trees of maps, texts and numbers by name
   */
  public Map<String, Object> data() {
    Map<String, Object> skill = new LinkedHashMap<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    table
        .pairs()
        .forEach(
            (name, pair) -> {
              skill.put(name, pair.skill());
              figures.put(name, figures(pair));
            });
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("skill", skill);
    data.put("figures", figures);
    data.put("tokenizers", evaluation.bounds());
    data.put("losses", log.isEmpty() ? Map.of() : log.get(log.size() - 1));
    data.put("run", run());
    return data;
  }

  private static Map<String, Object> figures(Pair pair) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("input", pair.input());
    figures.put("output", pair.output());
    figures.put("error_name", pair.errorName());
    figures.put("error", pair.error());
    figures.put("constant_error", pair.constantError());
    figures.put("prediction", pair.figures());
    figures.put("constant", pair.constantFigures());
    figures.put("samples", pair.samples());
    pair.chance().ifPresent(chance -> figures.put("chance", chance.figures()));
    Map<String, Object> ensembles = new LinkedHashMap<>();
    pair.ensembles().forEach((size, score) -> ensembles.put(size.toString(), score.figures()));
    figures.put("ensembles", ensembles);
    return figures;
  }

  private Map<String, Object> run() {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("name", facts.name());
    run.put("samples", evaluation.samples());
    run.put("ensemble", facts.ensemble());
    run.put("training_samples", facts.trainingSamples());
    run.put("steps", facts.steps());
    run.put("parameters", facts.parameters());
    run.put("device", facts.device());
    run.put("seconds", facts.seconds());
    return run;
  }

  private List<ReportModel.Fact> facts() {
    double seconds = facts.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    return List.of(
        new ReportModel.Fact("Unseen samples", Numbers.count(evaluation.samples())),
        new ReportModel.Fact("Samples combined in a grid", Numbers.count(facts.ensemble())),
        new ReportModel.Fact("Training samples", Numbers.count(facts.trainingSamples())),
        new ReportModel.Fact("Training steps", Numbers.count(facts.steps())),
        new ReportModel.Fact("Parameters", Numbers.count(facts.parameters())),
        new ReportModel.Fact("Device", facts.device()),
        new ReportModel.Fact("Wall time, all stages", Numbers.seconds(seconds)));
  }

  /** One table for each output: predictions, then the yardsticks. */
  private ReportSection figures(SkillTable.Axis output) {
    List<List<String>> rows = new ArrayList<>();
    List<Pair> pairs =
        table.pairs().values().stream().filter(p -> p.output().equals(output.key())).toList();
    Pair last = pairs.get(pairs.size() - 1);
    List<String> names = List.copyOf(last.figures().keySet());
    for (SkillTable.Axis input : table.inputs()) {
      table
          .pair(input, output)
          .ifPresent(pair -> rows.add(row(input.label(), pair, pair.prediction(), names)));
    }
    rows.add(row("best constant", last, last.constant(), names));
    last.chance().ifPresent(chance -> rows.add(row("another sample's truth", last, chance, names)));
    Map<String, Double> bound = evaluation.bounds().get(output.key());
    if (bound != null) {
      double error = bound.getOrDefault(last.errorName(), Double.NaN);
      rows.add(row("its tokenizer alone", last, new Score(error, bound), names));
    }
    List<String> columns = new ArrayList<>(List.of("From", "samples", "skill"));
    columns.addAll(names);
    return new ReportSection.Table("Predicting " + output.label(), "", columns, rows);
  }

  private static List<String> row(String label, Pair pair, Score score, List<String> names) {
    List<String> row = new ArrayList<>();
    row.add(label);
    row.add(Numbers.count(pair.samples()));
    row.add(skill(pair.skill(score)));
    names.forEach(name -> row.add(Numbers.figure(score.figures().getOrDefault(name, Double.NaN))));
    return row;
  }

  private static String skill(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }

  private List<ReportSection> losses() {
    String prefix = "loss/";
    List<ReportSection.Curve> parts =
        Curves.figures(log).stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> Curves.of(name.substring(prefix.length()), log, name))
            .toList();
    List<ReportSection> charts = new ArrayList<>();
    charts.add(
        new ReportSection.Chart(
            "Loss",
            "Mean cross-entropy of the predicted tokens in training.",
            "step",
            "loss (nats)",
            Scale.LOGARITHMIC,
            List.of(Curves.of("all", log, "loss"))));
    if (!parts.isEmpty()) {
      charts.add(
          new ReportSection.Chart(
              "Loss by modality", "", "step", "loss (nats)", Scale.LOGARITHMIC, parts));
    }
    return charts;
  }

  private ReportSection times() {
    List<List<String>> rows = new ArrayList<>();
    facts.seconds().forEach((name, time) -> rows.add(List.of(name, Numbers.seconds(time))));
    return new ReportSection.Table(
        "Time", "Wall time of each stage on this machine.", List.of("Stage", "Time"), rows);
  }
}
