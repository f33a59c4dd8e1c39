package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import java.time.Duration;

/**
 * What the ranks of one training tell each other. Every call but {@link #abort} and the questions
 * about places is made by all ranks, in the same order and with tensors of the same shapes; results
 * are bit for bit the same on all of them. Calls come from one thread.
 */
public sealed interface Communicator extends AutoCloseable
    permits SingleProcess, MpiCommunicator, NcclCommunicator {

  /**
   * Returns the communicator of a process that works alone.
   *
   * @return the communicator
   */
  static Communicator single() {
    return SingleProcess.INSTANCE;
  }

  /**
   * Returns the number of this rank.
   *
   * @return from 0
   */
  int rank();

  /**
   * Returns the number of ranks.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the number of this rank among those on the same machine.
   *
   * @return from 0
   */
  int localRank();

  /**
   * Returns whether this is the rank that writes files and speaks for all.
   *
   * @return true for rank 0
   */
  default boolean isFirst() {
    return rank() == 0;
  }

  /**
   * Returns whether there are other ranks.
   *
   * @return true for a size above 1
   */
  default boolean isParallel() {
    return size() > 1;
  }

  /**
   * Begins to overwrite a tensor with its sum over all ranks, in its own memory. Until that is
   * awaited nobody may touch the tensor.
   *
   * @param tensor contiguous, of type float32, float64 or int64
   * @return what is to be awaited
   */
  Pending sum(NDArray tensor);

  /**
   * Overwrites a tensor with that of one rank.
   *
   * @param tensor contiguous, of any type
   * @param from the rank that has the numbers
   */
  void broadcast(NDArray tensor, int from);

  /**
   * Overwrites numbers with their sums over all ranks.
   *
   * @param numbers the numbers
   */
  void sum(long[] numbers);

  /**
   * Overwrites numbers with their sums over all ranks.
   *
   * @param numbers the numbers
   */
  void sum(double[] numbers);

  /**
   * Overwrites bits with those that any rank has set.
   *
   * @param bits the bits
   */
  void union(long[] bits);

  /**
   * Returns a number that one rank knows.
   *
   * @param number what this rank has
   * @param from the rank that knows
   * @return what that rank has
   */
  default long fromRank(long number, int from) {
    long[] box = {rank() == from ? number : 0};
    sum(box);
    return box[0];
  }

  /**
   * Returns what rank 0 thinks of a question, so that all ranks go the same way.
   *
   * @param own what this rank thinks
   * @return the answer of rank 0
   */
  default boolean asFirst(boolean own) {
    return fromRank(own ? 1 : 0, 0) != 0;
  }

  /**
   * Returns whether something is so on any rank.
   *
   * @param own whether it is so here
   * @return true on all ranks if it is so on one
   */
  default boolean any(boolean own) {
    long[] box = {own ? 1 : 0};
    sum(box);
    return box[0] != 0;
  }

  /**
   * Returns whether all ranks have the same number.
   *
   * @param own what this rank has
   * @return the same answer on all ranks
   */
  default boolean agree(long own) {
    return !any(fromRank(own, 0) != own);
  }

  /** Waits until all ranks are here. */
  void barrier();

  /**
   * Sets how long this rank waits for the others in one call before it ends all of them.
   *
   * @param time the time; zero waits forever, which is how it begins
   */
  void patience(Duration time);

  /**
   * Returns what this rank has exchanged so far.
   *
   * @return the traffic
   */
  Traffic traffic();

  /**
   * Ends all ranks at once, wherever they are. With other ranks it does not return.
   *
   * @param reason what has happened, for people
   * @param exitCode exit code of the processes
   */
  void abort(String reason, int exitCode);

  /** Takes leave of the other ranks, which do so too. */
  @Override
  void close();
}
