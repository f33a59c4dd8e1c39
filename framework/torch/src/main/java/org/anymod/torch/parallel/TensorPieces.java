package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;

/** The memory of a tensor in pieces that a 32-bit count of bytes can tell. */
final class TensorPieces {
  private static final long PIECE_BYTES = 1L << 30;

  private TensorPieces() {}

  /** One piece: a view that shares the tensor's memory, or the tensor itself. */
  record Piece(NDArray view, int count) {}

  static List<Piece> of(NDArray tensor, int width, NDManager scope) {
    long size = tensor.getShape().size();
    long most = PIECE_BYTES / width;
    if (size <= most) {
      return List.of(new Piece(tensor, (int) size));
    }
    List<Piece> pieces = new ArrayList<>();
    for (long at = 0; at < size; at += most) {
      NDArray position = HostNumbers.whole(scope, at);
      NDArray count = HostNumbers.whole(scope, Math.min(most, size - at));
      NDArray view =
          Autograd.pause(() -> Kernels.shared().call(scope, "part_of", tensor, position, count));
      pieces.add(new Piece(view, (int) Math.min(most, size - at)));
    }
    return pieces;
  }
}
