package org.anymod.core.training;

import java.util.stream.IntStream;
import org.anymod.torch.StreamRandom;

/**
 * Which dataset each position of the training stream takes its sample from, and the how many-eth of
 * that dataset it is: a function of the seed and the position alone. Safe for use by several
 * threads.
 *
 * <p>Positions come in blocks of {@value #BLOCK}. In each block a dataset has the same number of
 * places, its share of the weights rounded by largest remainders (at least one), in an order drawn
 * from (seed, block). So the position inside a dataset is the number of its places in all blocks
 * before plus its rank in this one, which needs no counting from the start.
 */
final class MixtureOrder {
  static final int BLOCK = 4096;

  private final int[] quotas;
  private final long seed;
  private final RecentlyUsed<Block> blocks = new RecentlyUsed<>();

  /**
   * A place in one dataset.
   *
   * @param source number of the dataset
   * @param position position in its own endless stream
   */
  record Place(int source, long position) {}

  private record Block(int[] sources, int[] ranks) {}

  /**
   * Makes an order.
   *
   * @param weights how often each dataset is drawn, relative to the others; each above 0
   * @param seed seed of the run
   */
  MixtureOrder(double[] weights, long seed) {
    if (weights.length < 1 || weights.length > BLOCK / 4) {
      throw new IllegalArgumentException(
          "there are " + weights.length + " datasets, must be 1 to " + BLOCK / 4);
    }
    this.quotas = quotas(weights);
    this.seed = seed;
  }

  private static int[] quotas(double[] weights) {
    double total = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
    int[] quotas = new int[weights.length];
    double[] remainders = new double[weights.length];
    int left = BLOCK;
    for (int i = 0; i < quotas.length; i++) {
      double exact = weights[i] / total * BLOCK;
      quotas[i] = Math.max(1, (int) exact);
      remainders[i] = exact - quotas[i];
      left -= quotas[i];
    }
    for (; left != 0; left -= Integer.signum(left)) {
      int sign = Integer.signum(left);
      int next = most(remainders, quotas, sign);
      quotas[next] += sign;
      remainders[next] -= sign;
    }
    return quotas;
  }

  /** Whose quota is furthest below (or, with a sign of -1, above) its exact share. */
  private static int most(double[] remainders, int[] quotas, int sign) {
    int most = -1;
    for (int i = 0; i < remainders.length; i++) {
      boolean open = sign > 0 || quotas[i] > 1;
      if (open && (most < 0 || sign * remainders[i] > sign * remainders[most])) {
        most = i;
      }
    }
    return most;
  }

  Place at(long position) {
    if (quotas.length == 1) {
      return new Place(0, position);
    }
    long number = position / BLOCK;
    int place = (int) (position % BLOCK);
    Block block = blocks.get(number, 0, () -> block(number));
    int source = block.sources()[place];
    return new Place(source, number * quotas[source] + block.ranks()[place]);
  }

  private Block block(long number) {
    int[] order = StreamRandom.at(seed, "sources", number).permutation(BLOCK);
    int[] owner = new int[BLOCK];
    int at = 0;
    for (int source = 0; source < quotas.length; source++) {
      for (int i = 0; i < quotas[source]; i++) {
        owner[at++] = source;
      }
    }
    int[] sources = new int[BLOCK];
    int[] ranks = new int[BLOCK];
    int[] used = new int[quotas.length];
    for (int i = 0; i < BLOCK; i++) {
      sources[i] = owner[order[i]];
      ranks[i] = used[sources[i]]++;
    }
    return new Block(sources, ranks);
  }
}
