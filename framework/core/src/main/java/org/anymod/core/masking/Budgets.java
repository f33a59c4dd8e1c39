package org.anymod.core.masking;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.anymod.spi.Kind;

/** Draws how many tokens of each modality are shown and how many are predicted. */
final class Budgets {
  /** What stands for a concentration of 0 in the published procedure. */
  private static final double FLOOR = 1e-9;

  private final List<MaskedModalitySpec> modalities;
  private final MaskingOptions options;
  private final double[] weights;
  private final List<Set<String>> sources;

  Budgets(MaskingPlan plan) {
    this.modalities = plan.modalities();
    this.options = plan.options();
    this.sources = plan.sources();
    this.weights = plan.weights().length > 0 ? plan.weights() : new double[plan.components()];
    if (plan.weights().length == 0) {
      Arrays.fill(weights, 1.0);
    }
  }

  /** Draws the component of the mixture that a sample follows. */
  int component(Content[] contents, RandomGenerator random) {
    return component(contents, weights, random);
  }

  /** Draws the component of the mixture that a sample of a dataset follows. */
  int component(Content[] contents, String source, RandomGenerator random) {
    if (sources.isEmpty()) {
      return component(contents, weights, random);
    }
    double[] own = weights.clone();
    double total = 0;
    for (int k = 0; k < own.length; k++) {
      boolean open = sources.get(k).isEmpty() || sources.get(k).contains(source);
      own[k] = open ? own[k] : 0;
      total += own[k];
    }
    if (total == 0) {
      throw new IllegalArgumentException(
          "no component of the mixture is for samples of '" + source + "'");
    }
    return component(contents, own, random);
  }

  private int component(Content[] contents, double[] weights, RandomGenerator random) {
    double[] usable = weights.clone();
    double total = 0;
    if (options.roleAware()) {
      for (int k = 0; k < usable.length; k++) {
        usable[k] = isUsable(k, contents) ? usable[k] : 0;
        total += usable[k];
      }
    }
    // A sample for which no component is of use is masked like any other, and may come out empty.
    return choose(total > 0 ? usable : weights, random);
  }

  /** Shares an input budget. */
  int[] input(int component, int tokens, Content[] contents, RandomGenerator random) {
    double[] alphas = new double[contents.length];
    int[] caps = new int[contents.length];
    for (int i = 0; i < alphas.length; i++) {
      MaskedModalitySpec modality = modalities.get(i);
      boolean fitting = modality.declaration().isInput();
      alphas[i] = alpha(modality.inputAlphas()[component], contents[i], fitting);
      caps[i] =
          options.redistribute() ? usableTokens(modality, contents[i], 0) : modality.maxTokens();
    }
    return TokenShares.draw(alphas, caps, tokens, options.redistribute(), random);
  }

  /** Shares a target budget, given what is shown. */
  int[] target(int component, int tokens, Content[] contents, int[] input, RandomGenerator random) {
    double[] alphas = new double[contents.length];
    int[] caps = new int[contents.length];
    for (int i = 0; i < alphas.length; i++) {
      MaskedModalitySpec modality = modalities.get(i);
      boolean fitting = modality.declaration().isOutput();
      alphas[i] = alpha(modality.targetAlphas()[component], contents[i], fitting);
      int most =
          options.redistribute() ? usableTokens(modality, contents[i], 2) : modality.maxTokens();
      caps[i] = isGrid(modality) ? most - input[i] : most;
    }
    return TokenShares.draw(alphas, caps, tokens, options.redistribute(), random);
  }

  private double alpha(double alpha, Content content, boolean fitting) {
    if (content == null) {
      return 0;
    }
    if (options.roleAware()) {
      return fitting ? alpha : 0;
    }
    return Math.max(alpha, FLOOR);
  }

  /** Tokens that a sample can fill; a hidden sequence is longer by its sentinels. */
  private int usableTokens(MaskedModalitySpec modality, Content content, int sentinels) {
    int usable = modality.maxTokens();
    if (content instanceof Content.Sequence sequence) {
      int length = SequenceUnits.length(sequence, SequenceEnds.of(modality, options)) + sentinels;
      usable = Math.min(usable, length);
    } else if (content instanceof Content.Vectors vectors) {
      usable = Math.min(usable, vectors.count());
    }
    return usable;
  }

  /**
   * A component is of no use to a sample that lacks all that it would show, or all that it would
   * predict.
   */
  private boolean isUsable(int component, Content[] contents) {
    boolean showsAny = false;
    boolean showsPresent = false;
    boolean predictsAny = false;
    boolean predictsPresent = false;
    for (int i = 0; i < contents.length; i++) {
      MaskedModalitySpec modality = modalities.get(i);
      boolean shows = modality.declaration().isInput() && modality.inputAlphas()[component] > 0;
      boolean predicts =
          modality.declaration().isOutput() && modality.targetAlphas()[component] > 0;
      showsAny |= shows;
      showsPresent |= shows && contents[i] != null;
      predictsAny |= predicts;
      predictsPresent |= predicts && contents[i] != null;
    }
    return showsAny == showsPresent && predictsAny == predictsPresent;
  }

  private static int choose(double[] weights, RandomGenerator random) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double place = random.nextDouble() * total;
    int last = 0;
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] > 0) {
        last = k;
        place -= weights[k];
        if (place < 0) {
          return k;
        }
      }
    }
    return last;
  }

  private static boolean isGrid(MaskedModalitySpec modality) {
    Kind kind = modality.declaration().kind();
    return kind instanceof Kind.PixelPatches || kind instanceof Kind.TokenGrid;
  }
}
