package org.anymod.cli.results;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;

/**
 * An evaluation as a table: inputs down, outputs across.
 *
 * @param inputs rows
 * @param outputs columns
 * @param pairs everything measured by {@link Pair#name()}, in the order in which it was measured
 */
public record SkillTable(List<Axis> inputs, List<Axis> outputs, Map<String, Pair> pairs) {
  /** Columns without a row come behind the others. */
  private static final int BEHIND = Integer.MAX_VALUE;

  /**
   * A row or column.
   *
   * @param key model key; of inputs that are given together all of them, joined by {@code +}
   * @param label the source, or the key where several keys share the source
   */
  public record Axis(String key, String label) {
    /**
     * Returns the model keys.
     *
     * @return one, or those of a group
     */
    public List<String> keys() {
      return List.of(key.split("\\+"));
    }
  }

  /**
   * Arranges an evaluation.
   *
   * @param evaluation what was measured
   * @return the table
   */
  public static SkillTable of(Evaluation evaluation) {
    Map<String, String> inputs = new LinkedHashMap<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    for (Pair pair : evaluation.pairs()) {
      String[] sources = pair.name().split("->", 2);
      inputs.put(pair.input(), sources[0]);
      outputs.put(pair.output(), sources[1]);
    }
    List<Axis> rows = axes(inputs);
    List<Axis> columns = likeRows(axes(outputs), rows);
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (Pair pair : evaluation.pairs()) {
      pairs.put(label(rows, pair.input()) + "->" + label(columns, pair.output()), pair);
    }
    return new SkillTable(rows, columns, pairs);
  }

  private static List<Axis> axes(Map<String, String> sourceByKey) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> shared = new LinkedHashSet<>();
    sourceByKey.values().stream().filter(source -> !seen.add(source)).forEach(shared::add);
    return sourceByKey.entrySet().stream()
        .map(e -> new Axis(e.getKey(), shared.contains(e.getValue()) ? e.getKey() : e.getValue()))
        .toList();
  }

  /** Orders columns like rows, so that what is given and predicted lies on the diagonal. */
  private static List<Axis> likeRows(List<Axis> columns, List<Axis> rows) {
    List<String> labels = rows.stream().map(Axis::label).toList();
    return columns.stream()
        .sorted(Comparator.comparingInt(a -> Math.floorMod(labels.indexOf(a.label()), BEHIND)))
        .toList();
  }

  private static String label(List<Axis> axes, String key) {
    return axes.stream().filter(a -> a.key().equals(key)).findFirst().orElseThrow().label();
  }

  /**
   * Finds a measurement.
   *
   * @param input a row
   * @param output a column
   * @return the measurement; empty where both are the same data
   */
  public Optional<Pair> pair(Axis input, Axis output) {
    return Optional.ofNullable(pairs.get(input.label() + "->" + output.label()));
  }

  /**
   * Returns all skills.
   *
   * @return rows and columns; NaN where nothing was measured
   */
  public double[][] skills() {
    return inputs.stream()
        .map(
            input ->
                outputs.stream()
                    .mapToDouble(output -> pair(input, output).map(Pair::skill).orElse(Double.NaN))
                    .toArray())
        .toArray(double[][]::new);
  }
}
