package org.anymod.plugins.clip;

import org.anymod.media.features.FeatureMaps;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * What the CLIP features are, {@code plugins.clip} in a recipe.
 *
 * @param width numbers in a feature
 * @param network a network that computes them from pictures
 */
@ConfigSection("clip")
public record ClipConfig(
    @Setting(
            value = "Numbers in a feature; 512 for the published ViT-B/16.",
            defaultValue = "512",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            "TorchScript network that computes features from crops of pictures where there are no files.")
        TorchScriptSettings network) {

  /** Checks that the width is possible. */
  public ClipConfig {
    FeatureMaps.spec(width);
  }
}
