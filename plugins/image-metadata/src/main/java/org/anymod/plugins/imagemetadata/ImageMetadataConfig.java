package org.anymod.plugins.imagemetadata;

import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How the numbers are read back, {@code plugins.image_metadata} in a recipe.
 *
 * @param publishedDecoding whether bins of ranges stand for the number that the published system
 *     gives rather than for their middle
 */
@ConfigSection("image_metadata")
public record ImageMetadataConfig(
    @Setting(
            value =
                "Whether bins of ranges are read back as the published system does, a little too"
                    + " low, rather than as their middle.",
            defaultValue = "false")
        boolean publishedDecoding) {}
