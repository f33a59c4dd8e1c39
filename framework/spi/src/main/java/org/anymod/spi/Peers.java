package org.anymod.spi;

import ai.djl.ndarray.NDArray;

/**
 * Other processes that make the same training step, each with values of its own. All of them call
 * the same methods in the same order with arrays of the same shapes, and get the same results to
 * the last bit.
 */
public interface Peers {
  /** No other process: every sum is what there is. */
  Peers NONE =
      new Peers() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public void sum(NDArray array) {}

        @Override
        public void sum(double[] numbers) {}

        @Override
        public void sum(long[] numbers) {}
      };

  /**
   * Returns the number of this process.
   *
   * @return from 0
   */
  int rank();

  /**
   * Returns the number of processes.
   *
   * @return at least 1
   */
  int size();

  /**
   * Overwrites an array with its sum over all processes.
   *
   * @param array contiguous, of type float32, float64 or int64
   */
  void sum(NDArray array);

  /**
   * Overwrites numbers with their sums over all processes.
   *
   * @param numbers the numbers
   */
  void sum(double[] numbers);

  /**
   * Overwrites numbers with their sums over all processes.
   *
   * @param numbers the numbers
   */
  void sum(long[] numbers);
}
