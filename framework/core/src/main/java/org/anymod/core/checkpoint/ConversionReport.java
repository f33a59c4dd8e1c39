package org.anymod.core.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link CheckpointConversion} did.
 *
 * @param file the new file
 * @param tensors number of tensors in it
 * @param bytes its size
 * @param added names of tensors that were added
 * @param dropped names of tensors that were left out
 * @param droppedMetadata keys that were left out
 */
public record ConversionReport(
    Path file,
    int tensors,
    long bytes,
    List<String> added,
    List<String> dropped,
    List<String> droppedMetadata) {

  /** Makes the lists unmodifiable. */
  public ConversionReport {
    added = List.copyOf(added);
    dropped = List.copyOf(dropped);
    droppedMetadata = List.copyOf(droppedMetadata);
  }

  /**
   * Returns the report for people.
   *
   * @return one line, and one more for each kind of change
   */
  public String text() {
    StringBuilder text = new StringBuilder(file + ": " + tensors + " tensors, " + bytes + " bytes");
    LoadReport.list(text, "tensors added", added);
    LoadReport.list(text, "tensors dropped", dropped);
    LoadReport.list(text, "metadata keys dropped", droppedMetadata);
    return text.toString();
  }
}
