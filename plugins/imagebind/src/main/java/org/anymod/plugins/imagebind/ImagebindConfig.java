package org.anymod.plugins.imagebind;

import org.anymod.media.features.FeatureMaps;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * What the ImageBind features are, {@code plugins.imagebind} in a recipe.
 *
 * @param width numbers in a feature
 * @param network a network that computes them from pictures
 */
@ConfigSection("imagebind")
public record ImagebindConfig(
    @Setting(
            value = "Numbers in a feature; 1280 for the published ViT-H/14.",
            defaultValue = "1280",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            "TorchScript network that computes features from crops of pictures where there are no files.")
        TorchScriptSettings network) {

  /** Checks that the width is possible. */
  public ImagebindConfig {
    FeatureMaps.spec(width);
  }
}
