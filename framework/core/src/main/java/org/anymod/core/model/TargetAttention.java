package org.anymod.core.model;

import java.util.Arrays;

/** Which targets of a batch attend to which: those of their own group, up to an end. */
final class TargetAttention {
  private final int budget;
  private final long[] group;
  private final long[] end;

  /**
   * Creates what no target has entered yet.
   *
   * @param budget target slots of each sample
   */
  TargetAttention(int capacity, int budget) {
    this.budget = budget;
    this.group = new long[capacity * budget];
    this.end = new long[capacity * budget];
    // Padding is a group of its own, so that no target attends to it.
    Arrays.fill(group, -1);
  }

  /** Lets targets in the places {@code from} to {@code to - 1} of a sample attend to each other. */
  void mutual(int modality, int sample, int from, int to) {
    for (int i = from; i < to; i++) {
      group[sample * budget + i] = modality;
      end[sample * budget + i] = to;
    }
  }

  /** Lets a target attend to those of its modality before it and to itself. */
  void causal(int modality, int slot) {
    group[slot] = modality;
    end[slot] = slot % budget + 1;
  }

  /**
   * Group of each target slot: targets attend to their own group only. Padding is a group of its
   * own.
   *
   * @param samples samples in the batch
   * @param separate whether each modality is a group; else a sample is one
   */
  long[] group(int samples, boolean separate) {
    long[] groups = Arrays.copyOf(group, samples * budget);
    return separate ? groups : Arrays.stream(groups).map(g -> Math.min(g, 0)).toArray();
  }

  /**
   * End of what each target slot attends to, as a place in its sample.
   *
   * @param samples samples in the batch
   * @param causal whether targets of a grid, too, attend to what comes before them only
   */
  long[] end(int samples, boolean causal) {
    long[] ends = Arrays.copyOf(end, samples * budget);
    if (causal) {
      Arrays.setAll(ends, i -> Math.min(ends[i], i % budget + 1));
    }
    return ends;
  }
}
