package org.anymod.core.model;

/**
 * How losses and gradients of one batch are computed.
 *
 * @param seed seed of the run
 * @param step place of the batch in the stream, from which together with the seed all chance in the
 *     pass follows
 * @param recompute whether only the inputs of blocks are kept and each block is computed again on
 *     the way back: less memory for about a third more time, same gradients
 * @param scale what gradients are multiplied by; the losses themselves are not
 * @param first place of the first sample in a larger batch of which this one is a part
 * @param samples samples of that batch; 0 if this one is the whole
 */
public record TrainingPass(
    long seed, long step, boolean recompute, double scale, int first, int samples) {

  /** Checks that the scale is a number. */
  public TrainingPass {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("scale is " + scale + ", must be a finite number");
    }
  }

  /**
   * Returns a pass that keeps everything and gives plain gradients.
   *
   * @param seed seed of the run
   * @param step place of the batch in the stream
   * @return the pass
   */
  public static TrainingPass of(long seed, long step) {
    return new TrainingPass(seed, step, false, 1, 0, 0);
  }

  /**
   * Returns the same pass with or without recomputation.
   *
   * @param other whether to recompute
   * @return the pass
   */
  public TrainingPass withRecompute(boolean other) {
    return new TrainingPass(seed, step, other, scale, first, samples);
  }

  /**
   * Returns the same pass with scaled gradients.
   *
   * @param other the scale
   * @return the pass
   */
  public TrainingPass withScale(double other) {
    return new TrainingPass(seed, step, recompute, other, first, samples);
  }

  /**
   * Returns the same pass over a part of a batch, whose samples meet the chance that they would
   * meet in the whole.
   *
   * @param place place of the part's first sample
   * @param of samples of the whole
   * @return the pass
   */
  public TrainingPass withPart(int place, int of) {
    return new TrainingPass(seed, step, recompute, scale, place, of);
  }
}
