package org.anymod.plugins.geometricmetadata;

import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How the numbers are computed and read back, {@code plugins.geometric_metadata} in a recipe.
 *
 * @param occlusionStep step in depth that is an edge of occlusion, as a share of the map's range
 * @param publishedDecoding whether bins of ranges stand for the number that the published system
 *     gives rather than for their middle
 */
@ConfigSection("geometric_metadata")
public record GeometricMetadataConfig(
    @Setting(
            value =
                "Step in depth between neighbouring pixels that is an edge of occlusion, as a share"
                    + " of the range of the depth map; smaller ones find more edges, but also steep"
                    + " surfaces.",
            defaultValue = "0.05",
            min = 0,
            max = 1)
        double occlusionStep,
    @Setting(
            value =
                "Whether bins of ranges are read back as the published system does, a little too"
                    + " low, rather than as their middle.",
            defaultValue = "false")
        boolean publishedDecoding) {}
