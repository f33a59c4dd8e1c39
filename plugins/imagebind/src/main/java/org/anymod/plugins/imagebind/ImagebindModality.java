package org.anymod.plugins.imagebind;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.CosineMetric;
import org.anymod.media.FeatureCropping;
import org.anymod.media.NpyCodec;
import org.anymod.media.PrincipalColors;
import org.anymod.media.ValueTypes;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.vq.VitVqVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Tokens of ImageBind features: a grid with one token for each patch, 8192 different ones unless
 * the recipe says otherwise. The published grid has patches of 14 pixels.
 *
 * <p>Files: {@code imagebind/<name>.npy} of shape (width, rows, columns), the features of the whole
 * picture. Values: rasters of that shape, numbers within 1000 of zero; crops are read off
 * bilinearly and have as many places as the map, which must be as many as there are tokens. Can be
 * computed from crops of pictures by a network, see {@link ImagebindConfig}.
 */
public final class ImagebindModality implements Modality {
  private static final int VOCABULARY = 8192;
  private static final float LIMIT = 1000;

  /** Pictures as the published networks take them. */
  private static final NetworkUse NETWORK =
      NetworkUse.standardised(
          224,
          List.of(0.48145466, 0.4578275, 0.40821073),
          List.of(0.26862954, 0.26130258, 0.27577711));

  private final RasterSpec value;
  private final Codec codec;
  private final Representation tokens = VitVqVae.forFeatures("smooth_l1");
  private final Metric metric = new CosineMetric();
  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config width of a feature, and a network that computes them
   */
  @Inject
  public ImagebindModality(ImagebindConfig config) {
    value = new RasterSpec(config.width(), -LIMIT, LIMIT);
    codec = NpyCodec.maps(value);
    labelers =
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, TorchScriptLabeler.Wanted.FEATURES, value);
  }

  @Override
  public String name() {
    return "tok_imagebind";
  }

  @Override
  public String source() {
    return "imagebind";
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(VOCABULARY));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return tokens;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(PrincipalColors.of(ValueTypes.raster(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return FeatureCropping.crop(ValueTypes.raster(value), crop);
  }
}
