package org.anymod.media.fields;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.media.Subsample;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * How far the bins of fields are from the true ones, averaged over the fields of all truths: the
 * distance over the number of bins for ranges, {@code |a - b| / max(a, b)} for counts and sizes, 1
 * for a missing field. Fields that the truth does not have are left out.
 *
 * <p>Figures: {@code field_error}, {@code bin_accuracy} (share of fields with the true bin) the
 * error of each field under its name, and its own {@code <name>_accuracy}.
 */
final class FieldMetric implements Metric {
  private static final String ERROR = "field_error";
  private static final int MAX_TRUTHS = 2048;

  private final List<Field> fields;

  FieldMetric(List<Field> fields) {
    this.fields = fields;
  }

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sums(fields);
  }

  /**
   * Returns for each field that any truth has the true bin with the smallest mean error, the lowest
   * on ties, over at most 2048 evenly spaced truths.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    Map<Field, Map<Integer, Integer>> counts = new HashMap<>();
    for (Value truth : Subsample.<Value>evenly(truths, MAX_TRUTHS)) {
      FieldSpec.bins(fields, truth)
          .forEach(
              (field, bin) ->
                  counts.computeIfAbsent(field, f -> new TreeMap<>()).merge(bin, 1, Integer::sum));
    }
    Map<Field, Integer> best = new HashMap<>();
    counts.forEach((field, bins) -> best.put(field, center(field.bins(), bins)));
    return FieldSpec.value(fields, best);
  }

  private static int center(Bins bins, Map<Integer, Integer> counts) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate : counts.keySet()) {
      double sum = 0;
      for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
        sum += entry.getValue() * distance(bins, candidate, entry.getKey());
      }
      if (sum < least) {
        best = candidate;
        least = sum;
      }
    }
    return best;
  }

  /** Returns how far two bins are from each other, 0 to 1. */
  static double distance(Bins bins, int a, int b) {
    double apart = Math.abs(a - b);
    if (bins instanceof Bins.Published published) {
      return distance(published.bins(), a, b);
    } else if (bins instanceof Bins.Range range) {
      return apart / (range.count() - 1);
    } else if (bins instanceof Bins.Thresholds thresholds) {
      return apart / thresholds.at().size();
    }
    return a == b ? 0 : apart / Math.max(a, b);
  }

  private static final class Sums implements Accumulator {
    private final List<Field> fields;
    private final Map<Field, List<Double>> errors = new LinkedHashMap<>();
    private final Map<Field, Integer> fieldHits = new HashMap<>();
    private long samples;
    private long hits;

    Sums(List<Field> fields) {
      this.fields = fields;
    }

    @Override
    public void add(Value prediction, Value truth) {
      samples++;
      Map<Field, Integer> predicted = FieldSpec.bins(fields, prediction);
      FieldSpec.bins(fields, truth)
          .forEach(
              (field, bin) -> {
                Integer found = predicted.get(field);
                double error = found == null ? 1 : distance(field.bins(), found, bin);
                hits += bin.equals(found) ? 1 : 0;
                fieldHits.merge(field, bin.equals(found) ? 1 : 0, Integer::sum);
                errors.computeIfAbsent(field, f -> new ArrayList<>()).add(error);
              });
    }

    private static double mean(List<Double> errors) {
      return errors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private List<Double> all() {
      return errors.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public double error() {
      return samples == 0 ? Double.NaN : mean(all());
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      int count = all().size();
      figures.put(
          "bin_accuracy", samples == 0 ? Double.NaN : count == 0 ? 1 : hits / (double) count);
      for (Field field : fields) {
        if (errors.containsKey(field)) {
          figures.put(field.name(), mean(errors.get(field)));
          double share = (double) fieldHits.get(field) / errors.get(field).size();
          figures.put(field.name() + "_accuracy", share);
        }
      }
      return figures;
    }
  }
}
