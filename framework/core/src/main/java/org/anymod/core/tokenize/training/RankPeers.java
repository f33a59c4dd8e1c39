package org.anymod.core.tokenize.training;

import ai.djl.ndarray.NDArray;
import org.anymod.spi.Peers;
import org.anymod.torch.parallel.Communicator;

/** The ranks of a training as a tokenizer sees them. */
record RankPeers(Communicator group) implements Peers {

  @Override
  public int rank() {
    return group.rank();
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public void sum(NDArray array) {
    group.sum(array).await();
  }

  @Override
  public void sum(double[] numbers) {
    group.sum(numbers);
  }

  @Override
  public void sum(long[] numbers) {
    group.sum(numbers);
  }
}
