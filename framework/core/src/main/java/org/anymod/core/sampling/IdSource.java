package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import org.anymod.torch.TensorScope;

/** Gives the logits of the next id of sequences. */
interface IdSource extends AutoCloseable {

  /**
   * Returns the logits of the id after the first {@code n}.
   *
   * @param prefix for each sequence its ids so far
   * @param n how many ids these are, one more than at the last call
   * @param active numbers of the sequences to go on with; none that was left out before
   * @param step owner of the result
   * @return (passes * active, vocabulary), pass after pass
   */
  NDArray next(int[][] prefix, int n, int[] active, TensorScope step);

  @Override
  void close();
}
