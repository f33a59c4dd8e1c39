package org.anymod.core.sampling;

import java.util.Arrays;

/** One row of a request: what is known of each modality, in model order. Sampling adds to it. */
public final class Row {
  private final Known[] known;

  /**
   * Creates a row without any knowledge.
   *
   * @param modalities number of modalities of the model
   */
  public Row(int modalities) {
    this.known = new Known[modalities];
  }

  /**
   * Sets what is known of a modality.
   *
   * @param modality index of the modality
   * @param value what is known; null for nothing
   */
  public void set(int modality, Known value) {
    known[modality] = value;
  }

  /**
   * Returns what is known of a modality.
   *
   * @param modality index of the modality
   * @return what is known; null for nothing
   */
  public Known get(int modality) {
    return known[modality];
  }

  /** Number of modalities of the model. */
  int size() {
    return known.length;
  }

  /** A row that knows the same; what is sampled into one does not show in the other. */
  Row copy() {
    Row row = new Row(known.length);
    for (int i = 0; i < known.length; i++) {
      row.known[i] =
          known[i] instanceof Known.Grid grid
              ? new Known.Grid(grid.tokens().clone(), grid.visible().clone())
              : known[i];
    }
    return row;
  }

  @Override
  public String toString() {
    return Arrays.toString(known);
  }
}
