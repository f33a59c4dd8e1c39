package org.anymod.media.testing;

import java.util.Arrays;
import java.util.Random;

/** Bytes as a broken disk or an attacker might give them. */
final class Damage {
  private Damage() {}

  /** Returns noise, a cut file, or one in which some bytes, letters or parts are changed. */
  static byte[] of(byte[] file, Random random, int round) {
    return switch (round % 5) {
      case 0 -> noise(random);
      case 1 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
      case 2 -> changed(file, random, false);
      case 3 -> changed(file, random, true);
      default -> repeated(file, random);
    };
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] changed(byte[] file, Random random, boolean letters) {
    byte[] changed = file.clone();
    for (int i = 0; i < 1 + random.nextInt(4) && changed.length > 0; i++) {
      int other = letters ? ' ' + random.nextInt(95) : random.nextInt(256);
      // Heads say how much memory is needed: they are hit more often.
      int reach = random.nextBoolean() ? changed.length : Math.min(64, changed.length);
      changed[random.nextInt(reach)] = (byte) other;
    }
    return changed;
  }

  private static byte[] repeated(byte[] file, Random random) {
    int from = random.nextInt(file.length + 1);
    int to = random.nextInt(file.length + 1);
    byte[] repeated = Arrays.copyOf(file, from + file.length - to);
    System.arraycopy(file, to, repeated, from, file.length - to);
    return repeated;
  }
}
