package org.anymod.core.model;

import java.util.Arrays;

/** All visible tokens of a batch, or all its targets, in the slots of its samples. */
final class BatchSide {
  private final BatchPart[] parts;
  private final SlotBudget slots;

  /**
   * Creates an empty side.
   *
   * @param budget slots of each sample
   */
  BatchSide(int modalities, int capacity, int budget) {
    this.parts = new BatchPart[modalities];
    Arrays.setAll(parts, i -> new BatchPart());
    this.slots = new SlotBudget(budget, capacity, modalities);
  }

  /**
   * Takes the next slot of a sample for a token.
   *
   * @param position place of the token in its modality
   * @return the slot; -1 if the sample has no more, and the token is left out
   */
  int take(int sample, int modality, int position) {
    int slot = slots.take(sample, modality);
    if (slot >= 0) {
      parts[modality].slots.add(slot);
      parts[modality].positions.add(position);
    }
    return slot;
  }

  BatchPart[] parts() {
    return parts;
  }

  BatchPart part(int modality) {
    return parts[modality];
  }

  SlotBudget slots() {
    return slots;
  }
}
