package org.anymod.core.training;

import org.anymod.torch.StreamRandom;

/**
 * The endless order in which the samples of one dataset are used: a function of the seed and the
 * position alone, so that reading can begin anywhere. Safe for use by several threads.
 *
 * <p>Where a stream of files is shuffled by a buffer, its state would have to be stored to resume.
 * Here an epoch is put into order by permutations that are drawn anew from (seed, epoch):
 *
 * <ol>
 *   <li>each sample has {@code repeats} places in a row;
 *   <li>the places of each window are permuted;
 *   <li>the samples behind them are permuted as a whole, or, with a window, in blocks of neighbours
 *       of which about four meet in a window, beginning at a sample that differs in every epoch.
 * </ol>
 *
 * <p>So an epoch holds every sample exactly {@code repeats} times, a window costs memory in
 * proportion to itself, and files that lie side by side are read about together.
 */
final class EpochOrder {
  /** Among how many places repeated uses are spread where no window is given. */
  private static final int REPEAT_WINDOW = 1000;

  private static final int BLOCKS_IN_WINDOW = 4;

  private final int size;
  private final int repeats;
  private final boolean whole;
  private final int window;
  private final int block;
  private final long seed;
  private final String purpose;
  private final RecentlyUsed<int[]> epochs = new RecentlyUsed<>();
  private final RecentlyUsed<int[]> windows = new RecentlyUsed<>();

  /**
   * Makes an order.
   *
   * @param size number of samples, at least 1
   * @param repeats uses of a sample in an epoch, at least 1
   * @param window places that are shuffled among themselves; 0 for whole epochs
   * @param seed seed of the run
   * @param purpose tells the orders of several datasets apart
   */
  EpochOrder(int size, int repeats, int window, long seed, String purpose) {
    if (size < 1) {
      throw new IllegalArgumentException("a dataset without samples has no order");
    }
    this.size = size;
    this.repeats = repeats;
    this.whole = window == 0;
    this.window = whole ? REPEAT_WINDOW : window;
    this.block = Math.max(1, this.window / BLOCKS_IN_WINDOW / repeats);
    this.seed = seed;
    this.purpose = purpose;
  }

  /** Returns the sample at a position of the endless stream, at least 0. */
  int at(long position) {
    long length = (long) size * repeats;
    long epoch = position / length;
    long place = position % length;
    if (repeats > 1 || !whole) {
      place = inWindow(epoch, place, length);
    }
    int turn = (int) (place / repeats);
    return whole ? epochs.get(epoch, 0, () -> order(epoch, size))[turn] : inBlocks(epoch, turn);
  }

  private long inWindow(long epoch, long place, long length) {
    long number = place / window;
    long start = number * window;
    int places = (int) Math.min(window, length - start);
    int[] order =
        windows.get(
            epoch,
            number,
            () -> StreamRandom.at(seed, purpose + " window", epoch, number).permutation(places));
    return start + order[(int) (place - start)];
  }

  private int inBlocks(long epoch, int turn) {
    int blocks = size / block;
    int[] order = epochs.get(epoch, 0, () -> order(epoch, blocks));
    // What is left behind the last whole block stays there.
    int sample = turn < blocks * block ? order[turn / block] * block + turn % block : turn;
    int start = StreamRandom.at(seed, purpose + " start", epoch).nextInt(size);
    return (int) (((long) sample + start) % size);
  }

  private int[] order(long epoch, int count) {
    return StreamRandom.at(seed, purpose, epoch).permutation(count);
  }
}
