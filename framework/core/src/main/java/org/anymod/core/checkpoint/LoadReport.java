package org.anymod.core.checkpoint;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * How the tensors of a file fit those of a model.
 *
 * @param file the file
 * @param loaded number of tensors that were taken from the file
 * @param regenerated names that the file lacks and that follow from the model's sizes: position
 *     tables, and the zero biases of norms that have none
 * @param missing names of weights that the file lacks
 * @param unexpected names in the file that the model does not have
 * @param reshaped tensors whose shape differs
 * @param conflicting sentences on tensors that the model has once and the file twice, differently
 */
public record LoadReport(
    Path file,
    int loaded,
    List<String> regenerated,
    List<String> missing,
    List<String> unexpected,
    List<Reshaped> reshaped,
    List<String> conflicting) {
  private static final int MOST_SHOWN = 12;

  /**
   * A tensor whose shape differs.
   *
   * @param name its name
   * @param found shape in the file
   * @param wanted shape in the model
   */
  public record Reshaped(String name, Shape found, Shape wanted) {
    @Override
    public String toString() {
      return name + " has shape " + found + ", must have " + wanted;
    }
  }

  /** Makes the lists unmodifiable. */
  public LoadReport {
    regenerated = List.copyOf(regenerated);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    reshaped = List.copyOf(reshaped);
    conflicting = List.copyOf(conflicting);
  }

  /**
   * Returns whether file and model have the same weights.
   *
   * @return true if nothing is missing, unexpected, reshaped or conflicting
   */
  public boolean fits() {
    return missing.isEmpty() && unexpected.isEmpty() && reshaped.isEmpty() && conflicting.isEmpty();
  }

  /**
   * Returns the report for people.
   *
   * @return one line, and one more for each kind of difference
   */
  public String text() {
    StringBuilder text = new StringBuilder(file + ": " + loaded + " tensors loaded");
    if (!regenerated.isEmpty()) {
      text.append(", ").append(regenerated.size()).append(" regenerated");
    }
    list(text, "missing", missing);
    list(text, "unexpected", unexpected);
    list(text, "of another shape", reshaped);
    list(text, "in conflict", conflicting);
    return text.toString();
  }

  static void list(StringBuilder text, String what, List<?> names) {
    if (!names.isEmpty()) {
      text.append("\n  ").append(names.size()).append(' ').append(what).append(": ");
      String separator = "";
      for (Object name : names.subList(0, Math.min(MOST_SHOWN, names.size()))) {
        text.append(separator).append(name);
        separator = "; ";
      }
      if (names.size() > MOST_SHOWN) {
        text.append("; and ").append(names.size() - MOST_SHOWN).append(" more");
      }
    }
  }
}
