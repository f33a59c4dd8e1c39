package org.anymod.plugins.t5caption;

import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * Sizes of the vectors, {@code plugins.t5_caption} in a recipe.
 *
 * @param width width of a vector
 * @param maxVectors largest number of vectors that enter a model; later ones are left out
 */
@ConfigSection("t5_caption")
public record T5CaptionConfig(
    @Setting(
            value = "Width of a vector: 4096 for T5-XXL, which the published models read.",
            defaultValue = "4096",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            value = "Largest number of vectors that enter a model; later ones are left out.",
            defaultValue = "77",
            min = 1,
            max = 4096)
        int maxVectors) {}
