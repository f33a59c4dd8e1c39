package org.anymod.core.masking;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.anymod.torch.StreamRandom;

/**
 * Measures how many samples of the published mixture one thread masks in a second of its own
 * processor time, which other load on the machine hardly changes.
 */
final class MaskingSpeed {
  private static final int SAMPLES = 20_000;
  private static final int ROUNDS = 4;

  private MaskingSpeed() {}

  /**
   * Prints a line for each set of options and round; the first rounds warm up.
   *
   * @param arguments none
   * @throws IOException if the mixture cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    PublishedMixture mixture = new PublishedMixture();
    measure("published", mixture, MaskingOptions.parity());
    measure("role aware", mixture, new MaskingOptions(true, false, true, 100));
    measure("standard", mixture, MaskingOptions.standard());
  }

  private static void measure(String name, PublishedMixture mixture, MaskingOptions options) {
    Masker masker = new Masker(mixture.plan(options), Sentinels.PUBLISHED);
    Content[] sample = mixture.sample();
    long position = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuTime();
      long tokens = 0;
      for (int i = 0; i < SAMPLES; i++) {
        tokens += masker.mask(sample, StreamRandom.at(1, "masking", position++)).inputTokens();
      }
      double seconds = (cpuTime() - start) * 1e-9;
      System.out.printf(
          Locale.ROOT,
          "%-10s round %d: %.0f samples/s, %.1f input tokens a sample%n",
          name,
          round,
          SAMPLES / seconds,
          (double) tokens / SAMPLES);
    }
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
