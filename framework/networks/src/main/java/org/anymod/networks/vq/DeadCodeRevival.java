package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.StreamRandom;

/**
 * Gives codes that are hardly used a new place, and the even share as their use, so that they live
 * long enough to be found; the published training leaves their use as it is and moves them again at
 * each step.
 */
final class DeadCodeRevival {
  /** Distance of a code from the one it splits, as a part of a row of length 1. */
  private static final double SPLIT = 0.01;

  private final QuantizerSettings settings;
  private final NDArray embed;
  private final NDArray clusterSize;
  private final List<NDArray> average;

  /**
   * Creates the policy of a codebook.
   *
   * @param settings settings of the quantizer
   * @param embed rows (codes, latent)
   * @param clusterSize use of each code
   * @param average moving sums (codes, latent), or nothing
   */
  DeadCodeRevival(
      QuantizerSettings settings, NDArray embed, NDArray clusterSize, List<NDArray> average) {
    this.settings = settings;
    this.embed = embed;
    this.clusterSize = clusterSize;
    this.average = average;
  }

  /**
   * Moves dead codes; latents are (count, latent), those of so many batches and of this peer alone.
   * Returns how many were moved.
   */
  int replace(NDArray latents, int batches, RandomGenerator random, Peers peers, NDManager scope) {
    if (settings.policy() == QuantizerSettings.DeadCodes.KEEP) {
      return 0;
    }
    float[] sizes = clusterSize.toFloatArray();
    int count = Math.toIntExact(latents.getShape().get(0) * peers.size());
    double share = (double) count / sizes.length;
    List<Integer> dead = new ArrayList<>();
    for (int code = 0; code < sizes.length; code++) {
      if (sizes[code] < share / settings.deadCode()) {
        dead.add(code);
      }
    }
    if (dead.isEmpty()) {
      return 0;
    }
    NDArray codes = scope.create(dead.stream().mapToLong(Integer::longValue).toArray());
    if (settings.policy() == QuantizerSettings.DeadCodes.BATCH_RANDOM) {
      long[] rows = new long[dead.size()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = random.nextInt(count);
      }
      overwrite(codes, PeerRows.chosen(latents, batches, rows, peers, scope), share, scope);
      return dead.size();
    }
    return split(codes, dead, sizes, random, scope);
  }

  private static NDArray rowsOf(NDArray table, long[] rows, NDManager scope) {
    return Kernels.shared().call(scope, "rows", table, scope.create(rows));
  }

  private void overwrite(NDArray codes, NDArray rows, double size, NDManager scope) {
    Kernels kernels = Kernels.shared();
    boolean cosine = settings.type() == QuantizerSettings.Type.COSINE;
    NDArray placed = cosine ? kernels.call(scope, "unit_of", rows) : rows;
    kernels.call(scope, "overwrite_codes", embed, codes, placed);
    for (NDArray sums : average) {
      kernels.call(scope, "overwrite_codes", sums, codes, Autograd.scaled(placed, size));
    }
    NDArray host = HostNumbers.of(scope, size);
    kernels.call(scope, "overwrite_sizes", clusterSize, codes, host);
  }

  /**
   * Splits the most used codes (Linde, Buzo and Gray, 1980), the busiest first. The published
   * distance of 1e-10 is none in float32: the first of two equal rows would keep all latents.
   */
  private int split(
      NDArray codes, List<Integer> dead, float[] sizes, RandomGenerator random, NDManager scope) {
    boolean[] isDead = new boolean[sizes.length];
    dead.forEach(code -> isDead[code] = true);
    List<Integer> busy =
        IntStream.range(0, sizes.length)
            .filter(code -> !isDead[code])
            .boxed()
            .sorted(Comparator.comparingDouble((Integer code) -> -sizes[code]))
            .toList();
    if (busy.isEmpty()) {
      return 0;
    }
    long[] parents = new long[dead.size()];
    float mean = 0;
    for (int i = 0; i < parents.length; i++) {
      int parent = busy.get(i % busy.size());
      parents[i] = parent;
      mean += sizes[parent] / parents.length;
    }
    int width = (int) embed.getShape().get(1);
    StreamRandom noise = StreamRandom.at(random.nextLong(), "split codes");
    float[] shift = new float[parents.length * width];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) (noise.nextGaussian() * SPLIT / Math.sqrt(width));
    }
    NDArray rows = rowsOf(embed, parents, scope);
    NDArray length = rows.norm(new int[] {1}, true);
    NDArray moved = scope.create(shift).reshape(-1, width).mul(length).add(rows);
    overwrite(codes, moved, mean / 2, scope);
    return parents.length;
  }
}
