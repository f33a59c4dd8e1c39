package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;

/**
 * Tensors whose numbers lie one after the other in one buffer, so that they travel together without
 * a copy. They stay the tensors they were, with the same numbers: only their memory is another.
 */
public final class FlatTensors {
  /** Places are multiples of 64 bytes, as the engine allocates them. */
  private static final long ALIGNMENT = 16;

  private FlatTensors() {}

  /** Numbers that a tensor of so many takes in a buffer. */
  static long room(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Moves float32 tensors into a new buffer.
   *
   * @param tensors the tensors
   * @param owner owner of the buffer; its memory lives as long as any of the tensors
   * @return the buffer, of shape (numbers)
   */
  public static NDArray join(List<NDArray> tensors, NDManager owner) {
    long length = tensors.stream().mapToLong(tensor -> room(tensor.getShape().size())).sum();
    NDArray buffer = owner.zeros(new Shape(length), DataType.FLOAT32);
    try (NDManager scope = owner.newSubManager()) {
      long at = 0;
      for (NDArray tensor : tensors) {
        NDArray place = HostNumbers.whole(scope, at);
        Autograd.pause(() -> Kernels.shared().call(scope, "move_into", tensor, buffer, place));
        at += room(tensor.getShape().size());
      }
    }
    return buffer;
  }
}
