package org.anymod.sdk.test;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.torch.StreamRandom;

/** Files and texts with damage, each a function of a seed and a number. */
final class Fuzz {
  private static final int LARGEST_NOISE = 400;

  private Fuzz() {}

  /**
   * Returns a file that was good before: cut off, with other bytes, longer, empty or only noise.
   */
  static byte[] damaged(byte[] good, long seed, int number) {
    StreamRandom random = StreamRandom.at(seed, "damaged file", number);
    int kind = number % 5;
    if (kind == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length + 1));
    } else if (kind == 1) {
      return noise(random, random.nextInt(LARGEST_NOISE));
    } else if (kind == 2) {
      byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(20));
      random.nextBytes(longer);
      System.arraycopy(good, 0, longer, 0, good.length / 2);
      return longer;
    }
    byte[] changed = good.clone();
    // Heads hold the sizes, so most of the damage goes there.
    int reach = kind == 3 ? Math.min(changed.length, 64) : changed.length;
    for (int i = 1 + random.nextInt(4); i > 0 && reach > 0; i--) {
      changed[random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static byte[] noise(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Returns words of good texts in another order, with some missing and some that make no sense.
   */
  static String nonsense(List<String> texts, long seed, int number) {
    StreamRandom random = StreamRandom.at(seed, "nonsense", number);
    List<String> words =
        texts.stream().flatMap(text -> Arrays.stream(text.split("\\s+"))).distinct().toList();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      String word = words.isEmpty() ? "" : words.get(random.nextInt(words.size()));
      switch (random.nextInt(8)) {
        case 0 -> text.append("v").append(random.nextInt(5)).append('=');
        case 1 -> text.append("v0=").append(random.nextInt(100_000)).append(' ');
        case 2 -> text.append((char) random.nextInt(0xD800)).append(' ');
        default -> text.append(word).append(' ');
      }
    }
    return text.toString();
  }
}
