package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;

/** Rows that each peer has a part of, in the order in which one process alone would have them. */
final class PeerRows {
  private PeerRows() {}

  /** All peers' parts of float32 arrays (batch, ...) one after the other, array by array. */
  static List<NDArray> all(List<NDArray> parts, Peers peers, NDManager scope) {
    if (peers.size() == 1) {
      return parts;
    }
    List<NDArray> whole = new ArrayList<>();
    for (NDArray part : parts) {
      long[] shape = part.getShape().getShape().clone();
      shape[0] *= peers.size();
      NDArray joined = scope.zeros(new Shape(shape));
      NDArray place = HostNumbers.whole(scope, part.getShape().size() * peers.rank());
      NDArray flat = part.reshape(-1);
      Autograd.pause(() -> Kernels.shared().call(scope, "fill_part", joined, flat, place));
      peers.sum(joined);
      whole.add(joined);
    }
    return whole;
  }

  /**
   * Some rows of the whole.
   *
   * @param own rows of this peer, (count, width), of several batches of equal size
   * @param batches number of batches
   * @param chosen places of rows in the whole
   */
  static NDArray chosen(NDArray own, int batches, long[] chosen, Peers peers, NDManager scope) {
    Kernels kernels = Kernels.shared();
    if (peers.size() == 1) {
      return kernels.call(scope, "rows", own, scope.create(chosen));
    }
    long each = own.getShape().get(0) / batches;
    long all = each * peers.size();
    long[] places = new long[chosen.length];
    float[] here = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      long inBatch = chosen[i] % all;
      places[i] = chosen[i] / all * each + inBatch % each;
      here[i] = inBatch / each == peers.rank() ? 1 : 0;
    }
    NDArray rows = kernels.call(scope, "rows", own, scope.create(places));
    NDArray masked = rows.mul(scope.create(here).expandDims(1));
    peers.sum(masked);
    return masked;
  }
}
