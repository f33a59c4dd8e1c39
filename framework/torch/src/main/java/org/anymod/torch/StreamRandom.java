package org.anymod.torch;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The source of all chance: a generator whose numbers are a function of a seed and a place in a
 * stream, never of thread timing. {@code StreamRandom.at(seed, "masking", position)} gives the same
 * numbers in every run, so that a resumed run draws exactly what an uninterrupted one would have.
 *
 * <p>SplitMix64 (Steele, Lea, Flood 2014) over a key mixed from seed, purpose and position. Not for
 * cryptography, not safe for use by several threads.
 */
public final class StreamRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private StreamRandom(long state) {
    this.state = state;
  }

  /**
   * Returns the generator of a place in a stream.
   *
   * @param seed seed of the run
   * @param purpose what the numbers are for, so that different uses at the same position are
   *     independent
   * @param position any coordinates: epoch, step, sample, worker
   * @return a fresh generator
   */
  public static StreamRandom at(long seed, String purpose, long... position) {
    if (purpose.isEmpty()) {
      // Without one, a position equal to the seed would cancel it.
      throw new IllegalArgumentException("purpose is empty, must say what the numbers are for");
    }
    long key = mix(seed + GOLDEN);
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      key = mix(key ^ (b & 0xFF)) + GOLDEN;
    }
    for (long p : position) {
      key = mix(key ^ mix(p + GOLDEN)) + GOLDEN;
    }
    return new StreamRandom(key);
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * Returns a random order of the numbers 0 to n - 1.
   *
   * @param n how many, at least 0
   * @return the permutation (Fisher-Yates)
   */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
