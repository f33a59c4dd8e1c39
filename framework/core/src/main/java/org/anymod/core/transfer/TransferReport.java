package org.anymod.core.transfer;

import java.util.List;

/**
 * What a model took from a checkpoint.
 *
 * @param loaded tensors of the model that were overwritten
 * @param resized those of them that came from a grid of another size
 * @param kept tensors of the model that kept their values, because the checkpoint has none of the
 *     name or by wish
 * @param unused tensors of the checkpoint that the model has no place for
 */
public record TransferReport(
    List<String> loaded, List<String> resized, List<String> kept, List<String> unused) {

  /** Copies the lists. */
  public TransferReport {
    loaded = List.copyOf(loaded);
    resized = List.copyOf(resized);
    kept = List.copyOf(kept);
    unused = List.copyOf(unused);
  }

  /**
   * Says in one line what happened.
   *
   * @return numbers of tensors, and the names of those that kept their values
   */
  public String text() {
    return loaded.size()
        + " tensors loaded"
        + (resized.isEmpty() ? "" : " (" + resized.size() + " resized)")
        + ", "
        + unused.size()
        + " of the checkpoint unused, "
        + (kept.isEmpty() ? "none kept" : "kept: " + String.join(", ", kept));
  }
}
