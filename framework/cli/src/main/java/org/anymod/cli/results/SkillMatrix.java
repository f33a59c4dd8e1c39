package org.anymod.cli.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.cli.report.HtmlReport;
import org.anymod.cli.report.ReportFile;
import org.anymod.cli.report.ReportSection;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluation.Score;

/** The skill of every output from every input, for people, as a picture and for programs. */
public final class SkillMatrix {
  /** Name of the file for programs. */
  public static final String DATA = "matrix.json";

  /** Name of the picture. */
  public static final String PICTURE = "matrix.png";

  private final String name;
  private final Evaluation evaluation;
  private final SkillTable table;

  /**
   * Arranges an evaluation.
   *
   * @param name name of the run
   * @param evaluation what was measured
   */
  public SkillMatrix(String name, Evaluation evaluation) {
    this.name = name;
    this.evaluation = evaluation;
    this.table = SkillTable.of(evaluation);
  }

  /**
   * Writes {@code matrix.json} and {@code matrix.png}, replacing earlier ones.
   *
   * @param folder an existing folder
   * @throws IOException if they cannot be written
   */
  public void write(Path folder) throws IOException {
    HtmlReport.writeData(folder.resolve(DATA), data());
    byte[] png = new MatrixPicture(table, name + ": skill from any to any").png();
    ReportFile.write(folder.resolve(PICTURE), png);
  }

  /**
   * Returns the matrix for programs: {@code inputs} and {@code outputs} with label and model keys,
   * {@code skill} by row and column, and for each of the {@code pairs} all that was measured.
   *
   * @return trees of maps, lists, texts and numbers
   */
  public Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("format", 1);
    data.put("name", name);
    data.put("samples", evaluation.samples());
    data.put(
        "inputs", table.inputs().stream().map(axis -> axis(axis, "keys", axis.keys())).toList());
    data.put(
        "outputs", table.outputs().stream().map(axis -> axis(axis, "key", axis.key())).toList());
    data.put("skill", table.skills());
    Map<String, Object> pairs = new LinkedHashMap<>();
    table.pairs().forEach((label, pair) -> pairs.put(label, pair(pair)));
    data.put("pairs", pairs);
    data.put("tokenizers", evaluation.bounds());
    return data;
  }

  private static Map<String, Object> axis(SkillTable.Axis axis, String name, Object keys) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("label", axis.label());
    tree.put(name, keys);
    return tree;
  }

  private static Map<String, Object> pair(Pair pair) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("inputs", pair.inputs());
    tree.put("output", pair.output());
    tree.put("samples", pair.samples());
    tree.put("skill", pair.skill());
    tree.put("error_name", pair.errorName());
    tree.put("error", pair.error());
    tree.put("constant_error", pair.constantError());
    tree.put("chance_error", pair.chance().map(Score::error).orElse(Double.NaN));
    tree.put("figures", pair.figures());
    Map<String, Object> ensembles = new LinkedHashMap<>();
    pair.ensembles().forEach((size, score) -> ensembles.put(String.valueOf(size), score.error()));
    tree.put("ensembles", ensembles);
    return tree;
  }

  /**
   * Returns the heat map of the report; what stands behind a skill shows where the pointer rests.
   *
   * @return the section
   */
  ReportSection section() {
    List<List<String>> tips = new ArrayList<>();
    for (SkillTable.Axis input : table.inputs()) {
      tips.add(table.outputs().stream().map(output -> tip(table.pair(input, output))).toList());
    }
    return new ReportSection.HeatMap(
        "Skill",
        "Each row is what the model was given, each column what it predicted.",
        "from \\ to",
        table.inputs().stream().map(SkillTable.Axis::label).toList(),
        table.outputs().stream().map(SkillTable.Axis::label).toList(),
        table.skills(),
        tips);
  }

  private String tip(Optional<Pair> found) {
    if (found.isEmpty()) {
      return "";
    }
    Pair pair = found.get();
    StringBuilder tip = new StringBuilder(pair.name());
    tip.append(", ").append(pair.samples()).append(" samples\n").append(pair.errorName());
    tip.append(" ").append(Numbers.figure(pair.error())).append("\nbest constant ");
    tip.append(Numbers.figure(pair.constantError()));
    pair.chance()
        .ifPresent(c -> tip.append("\nanother sample's truth ").append(Numbers.figure(c.error())));
    Map<String, Double> bound = evaluation.bounds().getOrDefault(pair.output(), Map.of());
    if (bound.containsKey(pair.errorName())) {
      tip.append("\nits tokenizer alone ").append(Numbers.figure(bound.get(pair.errorName())));
    }
    return tip.toString();
  }
}
