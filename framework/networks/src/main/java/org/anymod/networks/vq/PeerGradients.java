package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import org.anymod.spi.Peers;
import org.anymod.torch.AdamW;
import org.anymod.torch.TensorScope;
import org.anymod.torch.parallel.FlatTensors;

/** The gradients of a tokenizer, added up over peers in one go. */
public final class PeerGradients {
  private final AdamW optimizer;
  private final TensorScope scope;
  private NDArray buffer;

  /**
   * Prepares for the gradients of an optimiser.
   *
   * @param optimizer the optimiser
   * @param scope scope in which their buffer is held
   */
  public PeerGradients(AdamW optimizer, TensorScope scope) {
    this.optimizer = optimizer;
    this.scope = scope;
  }

  /**
   * Overwrites the gradients with their sums.
   *
   * @param peers the peers; nothing is done where there are none
   */
  public void sum(Peers peers) {
    if (peers.size() > 1) {
      if (buffer == null) {
        buffer = FlatTensors.join(new ArrayList<>(optimizer.gradients().values()), scope.manager());
      }
      peers.sum(buffer);
    }
  }
}
