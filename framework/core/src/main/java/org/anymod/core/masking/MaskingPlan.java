package org.anymod.core.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All that decides how a sample is divided into what the model sees and what it must predict: a
 * mixture of components, one of which is drawn for each sample, and token budgets that its
 * concentrations share among modalities (arXiv 2406.09406, section 2.2).
 *
 * @param modalities the modalities, in the order in which samples give their contents; at least one
 * @param weights how often each component is drawn, relative to the others; empty for equally often
 * @param minInput smallest input budget in tokens, at least 0
 * @param maxInput largest input budget in tokens
 * @param minTarget smallest target budget in tokens, at least 0; or {@link #EVERYTHING}
 * @param maxTarget largest target budget in tokens; or {@link #EVERYTHING}
 * @param options where to go beyond the published procedure
 * @param sources for each component the datasets for whose samples it is drawn, all where there are
 *     none; an empty list if every component is for all
 * @param ranges budgets of datasets that have their own; none is above those of the plan
 */
public record MaskingPlan(
    List<MaskedModalitySpec> modalities,
    double[] weights,
    int minInput,
    int maxInput,
    int minTarget,
    int maxTarget,
    MaskingOptions options,
    List<Set<String>> sources,
    Map<String, TokenRange> ranges) {

  /** As target budget, asks the model to predict everything that it does not see. */
  public static final int EVERYTHING = Integer.MAX_VALUE;

  /** Checks that the numbers of components agree and no range is empty. */
  public MaskingPlan {
    modalities = List.copyOf(modalities);
    weights = weights.clone();
    Objects.requireNonNull(options, "options");
    ranges = Map.copyOf(ranges);
    TokenRange usual = new TokenRange(minInput, maxInput, minTarget, maxTarget);
    ranges.forEach((source, range) -> checkWithin(source, range, usual));
    checkModalities(modalities);
    checkWeights(weights, modalities.get(0).components());
    sources = sources.stream().map(Set::copyOf).toList();
    if (!sources.isEmpty() && sources.size() != modalities.get(0).components()) {
      throw new IllegalArgumentException(
          "there are sources for "
              + sources.size()
              + " of "
              + modalities.get(0).components()
              + " components of the mixture");
    }
  }

  /**
   * Makes a plan whose components are drawn for samples of all datasets.
   *
   * @param modalities the modalities, in the order in which samples give their contents
   * @param weights how often each component is drawn; empty for equally often
   * @param minInput smallest input budget in tokens
   * @param maxInput largest input budget in tokens
   * @param minTarget smallest target budget in tokens
   * @param maxTarget largest target budget in tokens
   * @param options where to go beyond the published procedure
   */
  public MaskingPlan(
      List<MaskedModalitySpec> modalities,
      double[] weights,
      int minInput,
      int maxInput,
      int minTarget,
      int maxTarget,
      MaskingOptions options) {
    this(
        modalities,
        weights,
        minInput,
        maxInput,
        minTarget,
        maxTarget,
        options,
        List.of(),
        Map.of());
  }

  /**
   * Returns the same plan with budgets of their own for some datasets.
   *
   * @param others budgets by name of the dataset
   * @return the plan
   */
  public MaskingPlan withRanges(Map<String, TokenRange> others) {
    return new MaskingPlan(
        modalities, weights, minInput, maxInput, minTarget, maxTarget, options, sources, others);
  }

  /** Returns the budgets of samples of a dataset. */
  TokenRange range(String source) {
    TokenRange own = ranges.get(source);
    return own == null ? new TokenRange(minInput, maxInput, minTarget, maxTarget) : own;
  }

  private static void checkWithin(String source, TokenRange own, TokenRange usual) {
    if (own.maxInput() > usual.maxInput() || own.maxTarget() > usual.maxTarget()) {
      throw new IllegalArgumentException(
          "samples of '%s' have up to %d input and %d target tokens, must be at most %d and %d, which all batches have room for"
              .formatted(
                  source, own.maxInput(), own.maxTarget(), usual.maxInput(), usual.maxTarget()));
    }
  }

  /**
   * Returns the number of components of the mixture.
   *
   * @return at least 1
   */
  public int components() {
    return modalities.get(0).components();
  }

  private static void checkModalities(List<MaskedModalitySpec> modalities) {
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("there are no modalities to mask, must be at least one");
    }
    MaskedModalitySpec first = modalities.get(0);
    Set<String> keys = new HashSet<>();
    for (MaskedModalitySpec modality : modalities) {
      String key = modality.declaration().key();
      if (!keys.add(key)) {
        throw new IllegalArgumentException(key + ": is listed twice");
      }
      if (modality.components() != first.components() || modality.components() == 0) {
        throw new IllegalArgumentException(
            key
                + ": has concentrations for "
                + modality.components()
                + " components, "
                + first.declaration().key()
                + " for "
                + first.components()
                + "; all must have the same number, at least 1");
      }
    }
  }

  private static void checkWeights(double[] weights, int components) {
    if (weights.length == 0) {
      return;
    }
    if (weights.length != components) {
      throw new IllegalArgumentException(
          "there are "
              + weights.length
              + " weights for "
              + components
              + " components of the mixture");
    }
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("a weight is " + weight + ", must be at least 0");
      }
      total += weight;
    }
    if (!(total > 0 && total <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the weights sum to " + total + ", must be a finite number above 0");
    }
  }
}
