package org.anymod.core.sampling;

import java.util.Objects;
import org.anymod.core.recipe.SamplingRecipe;

/**
 * One link of a chain.
 *
 * @param modality index of the modality to sample
 * @param settings how it is sampled; their guidance scale does not count
 * @param guidance how conditions are weighed
 */
public record Link(int modality, SamplingRecipe settings, Guidance guidance) {

  /** Checks that all is there. */
  public Link {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(guidance, "guidance");
  }

  /**
   * A link that is guided by all that is given when the chain starts, with the scale of the
   * settings.
   *
   * @param modality index of the modality to sample
   * @param settings how it is sampled
   */
  public Link(int modality, SamplingRecipe settings) {
    this(modality, settings, Guidance.byGiven(settings.guidance()));
  }
}
