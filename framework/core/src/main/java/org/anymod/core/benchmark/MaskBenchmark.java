package org.anymod.core.benchmark;

import java.util.List;
import org.anymod.core.masking.Content;
import org.anymod.core.masking.MaskedSample;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.model.ModelModality;
import org.anymod.torch.StreamRandom;

/** Times masking on one thread, on synthetic samples that have something of every modality. */
public final class MaskBenchmark {
  private static final int DIFFERENT_SAMPLES = 64;

  private MaskBenchmark() {}

  /**
   * What was measured.
   *
   * @param modalities number of modalities
   * @param components number of components of the mixture
   * @param samples samples that were timed
   * @param samplesPerSecond samples masked a second on one thread
   * @param microsecondsPerSample time of one sample
   * @param inputTokens visible tokens of a sample, on average
   * @param targetTokens predicted tokens of a sample, on average
   */
  public record Result(
      int modalities,
      int components,
      int samples,
      double samplesPerSecond,
      double microsecondsPerSample,
      double inputTokens,
      double targetTokens) {}

  /**
   * Measures.
   *
   * @param modalities modalities in the order of the plan
   * @param plan the masking
   * @param special special tokens of sequences
   * @param samples samples to time, at least 1; a tenth as many are masked before
   * @param seed seed of all chance
   * @return the figures
   */
  public static Result run(
      List<ModelModality> modalities,
      MaskingPlan plan,
      FixedTokens special,
      int samples,
      long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + ", must be at least 1");
    }
    SyntheticSamples source = new SyntheticSamples(modalities, special, seed);
    Content[][] contents = new Content[Math.min(samples, DIFFERENT_SAMPLES)][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = source.contents(i);
    }
    Masker masker = new Masker(plan, special);
    mask(masker, contents, "warm-up", samples / 10, seed);
    long start = System.nanoTime();
    long[] tokens = mask(masker, contents, "timed", samples, seed);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        modalities.size(),
        plan.components(),
        samples,
        samples / seconds,
        seconds * 1e6 / samples,
        (double) tokens[0] / samples,
        (double) tokens[1] / samples);
  }

  /** Masks and counts visible and predicted tokens. */
  private static long[] mask(
      Masker masker, Content[][] contents, String purpose, int samples, long seed) {
    long[] tokens = new long[2];
    for (int i = 0; i < samples; i++) {
      StreamRandom random = StreamRandom.at(seed, purpose, i);
      MaskedSample masked = masker.mask(contents[i % contents.length], random);
      tokens[0] += masked.inputTokens();
      tokens[1] += masked.targetTokens();
    }
    return tokens;
  }
}
