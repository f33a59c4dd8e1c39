package org.anymod.core.recipe;

import java.util.OptionalInt;
import org.anymod.spi.config.Setting;

/**
 * Losses on the validation split while the model is trained.
 *
 * @param every steps between validations
 * @param samples validation samples to use
 * @param batch samples computed together
 * @param inputTokens visible tokens of a second measurement with fixed budgets
 * @param targetTokens targets of that measurement
 */
public record ValidationRecipe(
    @Setting(
            value = "Steps between validations; 0 makes none",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int every,
    @Setting(
            value =
                "Validation samples to use, rounded up to whole batches. Which, and what is hidden of them, is the"
                    + " same every time",
            defaultValue = "256",
            min = 1,
            max = 1e9)
        int samples,
    @Setting(
            value = "Samples computed together; the batch of the training where it is not given",
            min = 1,
            max = 65536)
        OptionalInt batch,
    @Setting(
            value =
                "Visible tokens of a second measurement, whose budgets are fixed where those of the training vary;"
                    + " none is made where neither of the two is given",
            min = 1,
            max = 65536)
        OptionalInt inputTokens,
    @Setting(
            value = "Targets of the second measurement; as in the training where it is not given",
            min = 1,
            max = 65536)
        OptionalInt targetTokens) {

  /**
   * Returns the default.
   *
   * @return the section of a training without validation
   */
  public static ValidationRecipe off() {
    return new ValidationRecipe(
        0, 256, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }
}
