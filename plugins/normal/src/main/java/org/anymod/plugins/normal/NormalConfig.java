package org.anymod.plugins.normal;

import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How maps of normals are resized, {@code plugins.normal} in a recipe.
 *
 * @param renormalise whether normals have length 1 again after a crop is resized
 * @param network a network that computes normals from pictures
 */
@ConfigSection("normal")
public record NormalConfig(
    @Setting(
            value =
                "Whether normals are brought to length 1 after a crop is resized, and places outside"
                    + " of the picture have none; without it crops are those of the published"
                    + " system, which treats maps as plain 8-bit pictures.",
            defaultValue = "true")
        boolean renormalise,
    @Setting("TorchScript network that computes normals from pictures where there are no files.")
        TorchScriptSettings network) {}
