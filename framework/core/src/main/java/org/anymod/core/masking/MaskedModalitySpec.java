package org.anymod.core.masking;

import java.util.Objects;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;

/**
 * One modality in a masking plan. The arrays have one element for each component of the mixture and
 * must not be changed afterwards.
 *
 * @param declaration kind, sizes and roles
 * @param maxTokens largest number of tokens of one sample, at least 1; for grids the number of
 *     places
 * @param inputAlphas Dirichlet concentrations of its share of the input budget, each at least 0
 * @param targetAlphas Dirichlet concentrations of its share of the target budget, each at least 0
 * @param keep how much of a sequence is shown; of no effect on grids
 */
public record MaskedModalitySpec(
    Declaration declaration,
    int maxTokens,
    double[] inputAlphas,
    double[] targetAlphas,
    Keep[] keep) {

  /** Checks that everything is there, in the same number, and in range. */
  public MaskedModalitySpec {
    Objects.requireNonNull(declaration, "declaration");
    String key = declaration.key();
    if (maxTokens < 1) {
      throw new IllegalArgumentException(
          key + ": maxTokens is " + maxTokens + ", must be at least 1");
    }
    int most = declaration.kind().maxTokens();
    boolean grid =
        declaration.kind() instanceof Kind.PixelPatches
            || declaration.kind() instanceof Kind.TokenGrid;
    if (maxTokens > most || (grid && maxTokens != most)) {
      throw new IllegalArgumentException(
          key
              + ": maxTokens is "
              + maxTokens
              + ", must be "
              + (grid ? "the " + most + " places of the grid" : "at most " + most));
    }
    inputAlphas = checked(key, "inputAlphas", inputAlphas);
    targetAlphas = checked(key, "targetAlphas", targetAlphas);
    keep = keep.clone();
    if (inputAlphas.length != targetAlphas.length || inputAlphas.length != keep.length) {
      throw new IllegalArgumentException(
          key
              + ": has "
              + inputAlphas.length
              + " inputAlphas, "
              + targetAlphas.length
              + " targetAlphas and "
              + keep.length
              + " keep, must have one of each for every component of the mixture");
    }
    for (Keep scheme : keep) {
      Objects.requireNonNull(scheme, () -> key + ": keep has an empty element");
    }
  }

  /** Number of components of the mixture. */
  int components() {
    return inputAlphas.length;
  }

  private static double[] checked(String key, String name, double[] alphas) {
    for (double alpha : alphas) {
      if (!(alpha >= 0 && alpha <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            key
                + ": "
                + name
                + " has "
                + alpha
                + ", a concentration must be a finite number, at least 0");
      }
    }
    return alphas.clone();
  }
}
