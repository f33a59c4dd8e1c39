package org.anymod.plugins.imagebind;

import jakarta.inject.Inject;
import org.anymod.media.features.FeatureMaps;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.labeling.TorchScriptLabeler.Wanted;
import org.anymod.networks.vq.VitVqVae;

/**
 * Tokens of ImageBind features: a grid with one token for each patch, 8192 different ones unless
 * the recipe says otherwise. The published grid has patches of 14 pixels. Can be computed from
 * crops of pictures by a network, see {@link ImagebindConfig}. Files and values are those of {@link
 * FeatureMaps}.
 */
public final class ImagebindModality extends FeatureMaps {
  private static final int VOCABULARY = 8192;
  private static final NetworkUse NETWORK = NetworkUse.webPictures(224);

  /**
   * Creates the modality.
   *
   * @param config width of a feature, and a network that computes them
   */
  @Inject
  public ImagebindModality(ImagebindConfig config) {
    super(
        "imagebind",
        VOCABULARY,
        spec(config.width()),
        VitVqVae.forFeatures("smooth_l1"),
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, Wanted.FEATURES, spec(config.width())));
  }
}
