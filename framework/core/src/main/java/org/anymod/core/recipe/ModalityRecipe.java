package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * How a run uses a modality.
 *
 * @param role roles to use of those the modality declares
 */
public record ModalityRecipe(
    @Setting(
            value = "Which of the declared roles to use",
            defaultValue = "declared",
            allowed = {"declared", "input", "output"})
        String role) {}
