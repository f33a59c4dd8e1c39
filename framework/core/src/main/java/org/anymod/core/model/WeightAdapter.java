package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Changes the weights of transformer blocks before each use, without touching the stored ones:
 * low-rank adaptation, for one.
 */
@FunctionalInterface
public interface WeightAdapter {

  /** Uses the weights as they are stored. */
  WeightAdapter NONE = (weights, step) -> weights;

  /**
   * Returns the weights to compute with.
   *
   * @param weights stored weights of a stack of blocks, in kernel order; not to be changed
   * @param step owner of new tensors
   * @return as many tensors of the same shapes, through which gradients flow where they are
   *     recorded
   */
  List<NDArray> adapt(List<NDArray> weights, NDManager step);
}
