package org.anymod.core.recipe;

import java.util.OptionalInt;
import org.anymod.spi.config.Setting;

/**
 * How a run uses a modality.
 *
 * @param role roles to use of those the modality declares
 * @param patch side of its patches
 */
public record ModalityRecipe(
    @Setting(
            value = "Which of the declared roles to use",
            defaultValue = "declared",
            allowed = {"declared", "input", "output"})
        String role,
    @Setting(
            value = "Side of its patches in pixels; that of the recipe where it is not given",
            min = 1,
            max = 1024)
        OptionalInt patch) {

  /**
   * A modality with the patches of the recipe.
   *
   * @param role roles to use of those the modality declares
   */
  public ModalityRecipe(String role) {
    this(role, OptionalInt.empty());
  }
}
