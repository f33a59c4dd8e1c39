package org.anymod.core.sampling;

import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.Kind;

/** Sampling settings where a recipe gives none. */
public final class SamplingSettings {
  private static final SamplingRecipe GRID =
      new SamplingRecipe("roar", 1, "linear", 0.01, "constant", 0, 0.8, 1.0);
  private static final SamplingRecipe SEQUENCE =
      new SamplingRecipe("maskgit", 1, "cosine", 0.3, "constant", 0, 0.8, 1.0);

  private SamplingSettings() {}

  /**
   * Returns the defaults of a kind, those of the published demonstration for outputs that inputs
   * determine.
   *
   * @param kind the kind
   * @return the settings
   */
  public static SamplingRecipe of(Kind kind) {
    return kind instanceof Kind.TokenGrid ? GRID : SEQUENCE;
  }
}
