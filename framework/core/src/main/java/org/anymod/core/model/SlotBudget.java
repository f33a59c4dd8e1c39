package org.anymod.core.model;

import java.util.Arrays;

/** Gives out the slots of the samples of a batch and counts what finds none. */
final class SlotBudget {
  private final int budget;
  private final int[] counts;
  private final int[] dropped;

  SlotBudget(int budget, int samples, int modalities) {
    this.budget = budget;
    this.counts = new int[samples];
    this.dropped = new int[modalities];
  }

  /** Returns the next slot of a sample, or -1 if it has no more. */
  int take(int sample, int modality) {
    if (counts[sample] == budget) {
      dropped[modality]++;
      return -1;
    }
    return sample * budget + counts[sample]++;
  }

  int budget() {
    return budget;
  }

  int used(int sample) {
    return counts[sample];
  }

  int usedByAll() {
    return Arrays.stream(counts).sum();
  }

  int dropped(int modality) {
    return dropped[modality];
  }
}
