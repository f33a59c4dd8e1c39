package org.anymod.plugins.dinov2;

import org.anymod.media.features.FeatureMaps;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * What the DINOv2 features are, {@code plugins.dinov2} in a recipe.
 *
 * @param width numbers in a feature
 * @param network a network that computes them from pictures
 */
@ConfigSection("dinov2")
public record Dinov2Config(
    @Setting(
            value = "Numbers in a feature; 768 for the published ViT-B/14.",
            defaultValue = "768",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            "TorchScript network that computes features from crops of pictures where there are no files.")
        TorchScriptSettings network) {

  /** Checks that the width is possible. */
  public Dinov2Config {
    FeatureMaps.spec(width);
  }
}
