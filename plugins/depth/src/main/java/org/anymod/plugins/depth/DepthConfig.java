package org.anymod.plugins.depth;

import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * Where depth comes from, {@code plugins.depth} in a recipe.
 *
 * @param network a network that computes it from pictures
 */
@ConfigSection("depth")
public record DepthConfig(
    @Setting("TorchScript network that computes depth from pictures where there are no files.")
        TorchScriptSettings network) {}
