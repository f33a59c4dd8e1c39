package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * A moving average of the weights, kept beside them.
 *
 * @param decay what is kept of the average at each update
 * @param every steps between updates
 * @param use whether predictions are made with it
 */
public record AverageRecipe(
    @Setting(
            value =
                "What is kept of the average at each update, such as 0.999; 0 keeps no average. Costs the memory of"
                    + " the weights once more",
            defaultValue = "0.0",
            min = 0,
            max = 0.9999999)
        double decay,
    @Setting(value = "Steps between updates of the average", defaultValue = "1", min = 1, max = 1e9)
        int every,
    @Setting(
            value =
                "Generate and evaluate with the average where a checkpoint has one; off, with the trained weights",
            defaultValue = "true")
        boolean use) {

  /**
   * Returns whether an average is kept.
   *
   * @return true if the decay is above 0
   */
  public boolean enabled() {
    return decay > 0;
  }

  /**
   * Returns the default.
   *
   * @return the section of a training without average
   */
  public static AverageRecipe off() {
    return new AverageRecipe(0, 1, true);
  }
}
