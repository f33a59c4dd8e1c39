package org.anymod.plugins.imagebindglobal;

import org.anymod.media.features.FeatureVectors;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * What the ImageBind embeddings of whole pictures are, {@code plugins.imagebind_global} in a
 * recipe.
 *
 * @param width numbers in an embedding
 * @param codes tokens that stand for one embedding
 * @param network a network that computes them from pictures
 */
@ConfigSection("imagebind_global")
public record ImagebindGlobalConfig(
    @Setting(
            value = "Numbers in an embedding; 1280 for the published ViT-H/14.",
            defaultValue = "1280",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            value =
                "Tokens that stand for one embedding, each from a codebook of its own; more keep"
                    + " more detail.",
            defaultValue = "16",
            min = 1,
            max = 1024)
        int codes,
    @Setting(
            "TorchScript network that computes embeddings from crops of pictures where there are no files.")
        TorchScriptSettings network) {

  /** Checks that width and number of codes are possible. */
  public ImagebindGlobalConfig {
    FeatureVectors.spec(width);
    FeatureVectors.codes(codes, 1);
  }
}
