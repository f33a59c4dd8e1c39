package org.anymod.core.benchmark;

import java.util.List;

/** What {@link SampleBenchmark} measures. */
public final class SampleFigures {
  private SampleFigures() {}

  /**
   * Times of one thing done in two ways.
   *
   * @param tokens tokens that each way sampled
   * @param firstSeconds median time of the first way
   * @param secondSeconds median time of the second way
   * @param firstProcessorSeconds time of all processors for the first way, on average
   * @param secondProcessorSeconds the same of the second way
   * @param ratio {@code secondSeconds / firstSeconds}
   * @param processorRatio the same of processor time: what holds where other programs take part of
   *     the machine
   */
  public record Comparison(
      int tokens,
      double firstSeconds,
      double secondSeconds,
      double firstProcessorSeconds,
      double secondProcessorSeconds,
      double ratio,
      double processorRatio) {}

  /**
   * A text with caches and without.
   *
   * @param contextTokens visible tokens that it is sampled from
   * @param tokens its tokens
   * @param whole the whole with caches, then without; the encoder runs once in either
   * @param firstToken the same for its first token alone, which is mostly the encoder
   * @param decodingRatio how much longer the later tokens take without caches than with, in
   *     processor time
   */
  public record Text(
      int contextTokens,
      int tokens,
      Comparison whole,
      Comparison firstToken,
      double decodingRatio) {}

  /**
   * A chain of outputs.
   *
   * @param outputs number of outputs
   * @param tokens tokens that were sampled
   * @param seconds time of all
   * @param secondsPerToken time of a token
   * @param gridTokens tokens of grids and codes
   * @param gridSeconds time of these
   * @param textTokens tokens of texts
   * @param textSeconds time of these
   * @param processorSeconds time of all processors
   */
  public record Chain(
      int outputs,
      int tokens,
      double seconds,
      double secondsPerToken,
      int gridTokens,
      double gridSeconds,
      int textTokens,
      double textSeconds,
      double processorSeconds) {}

  /**
   * What was measured.
   *
   * @param modalities number of modalities
   * @param parameters numbers in trained weights
   * @param texts a text from pixels alone, and one from pixels and {@value #CONTEXT_GRIDS} grids,
   *     as texts are sampled after these in the published chain
   * @param guidance a grid without guidance, then with
   * @param chains chains of outputs
   * @param newTensors tensors of the model more than before the first request
   */
  public record Result(
      int modalities,
      long parameters,
      List<Text> texts,
      Comparison guidance,
      List<Chain> chains,
      int newTensors) {}
}
