package org.anymod.core.sampling;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The rows of a chain at one of its links.
 *
 * @param rows the rows
 * @param bank what is embedded of them
 * @param pending sequences that are still to come, those of this link included
 * @param choices what is left to chance
 * @param listener may end the sampling
 */
record ChainState(
    List<Row> rows,
    TokenBank bank,
    Set<Integer> pending,
    Choices choices,
    SamplingListener listener) {

  /** Whether some row and pass may have a stand-in instead of a modality. */
  boolean mayHide(int modality, Passes passes) {
    return pending.contains(modality)
        || passes.hidden().stream().anyMatch(hidden -> hidden.contains(modality));
  }

  /** Whether a row has a stand-in instead of a modality. */
  boolean isHidden(int modality, int row, Set<Integer> hidden) {
    boolean known = rows.get(row).get(modality) != null;
    return known ? hidden.contains(modality) : pending.contains(modality);
  }

  /** Ends the sampling if the listener wishes so. */
  void checkStopped() {
    if (listener.stopped()) {
      throw new CancellationException("sampling was stopped");
    }
  }
}
