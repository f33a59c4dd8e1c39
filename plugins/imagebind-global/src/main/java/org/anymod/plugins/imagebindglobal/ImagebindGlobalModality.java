package org.anymod.plugins.imagebindglobal;

import jakarta.inject.Inject;
import org.anymod.media.features.FeatureVectors;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.labeling.TorchScriptLabeler.Wanted;
import org.anymod.networks.vq.MlpVqVae;

/**
 * Tokens of ImageBind embeddings of whole pictures: 16 codes with trained positions, 4 x 4 of them,
 * each from a codebook of its own with 8192 unless the recipe says otherwise. Can be computed from
 * crops of pictures by a network, see {@link ImagebindGlobalConfig}. Files and values are those of
 * {@link FeatureVectors}.
 */
public final class ImagebindGlobalModality extends FeatureVectors {
  private static final int VOCABULARY = 8192;
  private static final NetworkUse NETWORK = NetworkUse.webPictures(224);

  /**
   * Creates the modality.
   *
   * @param config width of an embedding, number of codes, and a network that computes embeddings
   */
  @Inject
  public ImagebindGlobalModality(ImagebindGlobalConfig config) {
    super(
        "imagebind_global",
        codes(config.codes(), VOCABULARY),
        spec(config.width()),
        MlpVqVae.forVectors("cosine_1d"),
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, Wanted.VECTOR, spec(config.width())));
  }
}
