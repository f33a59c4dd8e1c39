package org.anymod.core.checkpoint;

import java.util.List;

/**
 * What {@link CheckpointExtension} did.
 *
 * @param kept tensors that are in the new file bit for bit
 * @param added parts with fresh weights, such as {@code encoder_embeddings.<key>}
 * @param lengthened sentences on tables that got more rows
 * @param dropped parts of the old file that the new one does not have
 * @param regenerated tensors that the old file lacked and that follow from the model's sizes
 * @param newNumbers how many numbers were drawn
 */
public record ExtensionReport(
    int kept,
    List<String> added,
    List<String> lengthened,
    List<String> dropped,
    List<String> regenerated,
    long newNumbers) {

  /** Makes the lists unmodifiable. */
  public ExtensionReport {
    added = List.copyOf(added);
    lengthened = List.copyOf(lengthened);
    dropped = List.copyOf(dropped);
    regenerated = List.copyOf(regenerated);
  }

  /**
   * Returns the report for people.
   *
   * @return one line, and one more for each kind of change
   */
  public String text() {
    StringBuilder text =
        new StringBuilder(kept + " tensors kept, " + newNumbers + " numbers drawn afresh");
    LoadReport.list(text, "added", added);
    LoadReport.list(text, "lengthened", lengthened);
    LoadReport.list(text, "dropped", dropped);
    LoadReport.list(text, "regenerated", regenerated);
    return text.toString();
  }
}
