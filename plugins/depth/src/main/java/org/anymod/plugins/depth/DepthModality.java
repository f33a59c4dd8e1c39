package org.anymod.plugins.depth;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
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
 * Tokens of depth maps: a grid with one token for each patch, 8192 different ones unless the recipe
 * says otherwise.
 *
 * <p>Files: {@code depth/<name>.png}, gray with 16 bits. Values: rasters of shape (1, height,
 * width), the stored number over 65535, larger is farther. Crops are resized with an antialiased
 * bicubic filter, overshoot clipped. Shown in the colours of the turbo map, stretched to each map's
 * own range. Can be computed from pictures by a network, see {@link DepthConfig}.
 */
public final class DepthModality implements Modality {
  private static final int VOCABULARY = 8192;
  private static final int BITS = 16;

  /** Many networks give larger numbers for what is nearer: {@code scale: -1} turns them around. */
  private static final NetworkUse NETWORK = NetworkUse.imageNet(384).stretched();

  private final RasterSpec value = new RasterSpec(1, 0, 1);
  private final Codec codec = ImageCodec.gray(BITS);
  private final Representation tokens = RasterVae.of("smooth_l1");
  private final Metric metric = new RasterMetric(1, RasterMetric.Extra.DISTANCES);

  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config a network that computes depth
   */
  @Inject
  public DepthModality(DepthConfig config) {
    labelers =
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, TorchScriptLabeler.Wanted.PICTURE, value);
  }

  @Override
  public String name() {
    return "tok_depth";
  }

  @Override
  public String source() {
    return "depth";
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
    return value -> new Rendering.Picture(Renderings.heat(ValueTypes.raster(value)));
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
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC);
  }
}
