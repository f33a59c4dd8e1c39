package org.anymod.torch.parallel;

/** Something under way between ranks, whose result may be used once it has been awaited. */
@FunctionalInterface
public interface Pending {
  /** What is done already. */
  Pending DONE = () -> {};

  /**
   * Waits for the end.
   *
   * @throws ParallelException if it failed
   */
  void await();
}
