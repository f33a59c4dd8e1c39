package org.anymod.core.masking;

/** What the model sees and must predict of one modality in one sample. */
public sealed interface Masked {

  /**
   * Tokens of a grid; no place is in both.
   *
   * @param visible places that the model sees, ascending
   * @param target places that it must predict, ascending
   */
  record Grid(int[] visible, int[] target) implements Masked {}

  /**
   * Ids of a sequence, sentinels included. A target of n ids gives n - 1 predictions, since each id
   * is predicted from those before it.
   *
   * @param input ids that the model sees
   * @param target ids of hidden spans, each behind the sentinel that stands for it in the input
   */
  record Sequence(int[] input, int[] target) implements Masked {}

  /**
   * Vectors that the model sees.
   *
   * @param rows index of each vector in the sample, ascending, or -1 where a vector of zeros stands
   *     for a hidden span
   */
  record Vectors(int[] rows) implements Masked {}
}
