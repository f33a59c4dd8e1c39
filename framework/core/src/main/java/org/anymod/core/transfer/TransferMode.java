package org.anymod.core.transfer;

/** What fine-tuning changes besides the head. */
public sealed interface TransferMode {

  /** Nothing: the head learns to read what the encoder gives. */
  record Frozen() implements TransferMode {}

  /**
   * Low-rank adapters of the encoder.
   *
   * @param settings rank, scale and targets
   */
  record LowRank(LowRankAdapters.Settings settings) implements TransferMode {}

  /** All weights of the encoder. */
  record Full() implements TransferMode {}
}
