package org.anymod.networks.diffusion;

/**
 * How the estimate of the clean picture is kept in range.
 *
 * @param mode what is done
 * @param quantile share of numbers below the bound, in (0, 1]; used by {@link Mode#THRESHOLD}
 * @param most largest bound, at least 1; used by {@link Mode#THRESHOLD}
 */
public record CleanLimit(Mode mode, double quantile, double most) {
  /** Kinds of limits. */
  public enum Mode {
    /** Nothing is done. */
    NONE,
    /** Numbers are cut to [-1, 1]. */
    CLIP,
    /**
     * Numbers are cut to a quantile of their magnitudes, clamped to [1, {@code most}], and divided
     * by it (Saharia et al., arXiv 2205.11487). With {@code most} = 1, the published setting, this
     * is {@link #CLIP}.
     */
    THRESHOLD
  }

  /** No limit. */
  public static final CleanLimit NONE = new CleanLimit(Mode.NONE, 1, 1);

  /** Numbers are cut to [-1, 1]. */
  public static final CleanLimit CLIP = new CleanLimit(Mode.CLIP, 1, 1);

  /** The published setting: quantile 0.995, largest bound 1. */
  public static final CleanLimit THRESHOLD = new CleanLimit(Mode.THRESHOLD, 0.995, 1);
}
