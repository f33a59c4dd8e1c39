package org.anymod.core.training;

import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.Batch;
import org.anymod.torch.parallel.Communicator;

/**
 * What is counted in a step, over all its batches and all ranks.
 *
 * @param targets targets of each modality
 * @param inputTokens visible tokens
 * @param droppedTokens tokens that did not fit the budgets
 */
record StepTotals(long[] targets, long inputTokens, long droppedTokens) {

  static StepTotals of(List<Batch> batches, int modalities, Communicator group) {
    long[] counts = new long[modalities + 2];
    for (Batch batch : batches) {
      for (int m = 0; m < modalities; m++) {
        counts[m] += batch.targetTokens(m);
      }
      counts[modalities] += batch.inputTokens();
      counts[modalities + 1] += batch.dropped();
    }
    group.sum(counts);
    return new StepTotals(
        Arrays.copyOf(counts, modalities), counts[modalities], counts[modalities + 1]);
  }

  long targetTokens() {
    return Arrays.stream(targets).sum();
  }
}
