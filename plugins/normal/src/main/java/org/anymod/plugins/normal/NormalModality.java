package org.anymod.plugins.normal;

import jakarta.inject.Inject;
import org.anymod.media.ModalityParts;
import org.anymod.media.Renderings;
import org.anymod.media.TokenMaps;
import org.anymod.media.ValueTypes;
import org.anymod.media.directions.AngleMetric;
import org.anymod.media.directions.DirectionCodec;
import org.anymod.media.directions.Directions;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.networks.labeling.Activation;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.labeling.TorchScriptLabeler.Wanted;
import org.anymod.spi.Crop;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Tokens of surface normals: a grid with one token for each patch, 8192 different ones unless the
 * recipe says otherwise.
 *
 * <p>Files: {@code normal/<name>.png} with 8 bits; red, green and blue are the x, y and z of a
 * normal, levels 0 to 255 for -1 to 1. Values: rasters of shape (3, height, width) in [-1, 1].
 * Vectors near 0 mark places without a surface. Mirroring a crop also turns x around. Shown as the
 * picture in the file. Can be computed from pictures by a network whose vectors are x, y and z.
 */
public final class NormalModality extends TokenMaps {
  private static final int VOCABULARY = 8192;
  private static final NetworkUse NETWORK = NetworkUse.imageNet(384).changed(Activation.UNIT, 1, 0);
  private static final RasterSpec VALUE = new RasterSpec(Directions.AXES, -1, 1);

  private final boolean renormalise;

  /**
   * Creates the modality.
   *
   * @param config how maps are resized, and a network that computes them
   */
  @Inject
  public NormalModality(NormalConfig config) {
    super(
        "normal",
        VOCABULARY,
        new ModalityParts(
            VALUE,
            new DirectionCodec(),
            RasterVae.of("mse"),
            map ->
                new Rendering.Picture(
                    Renderings.picture(DirectionCodec.toPicture(ValueTypes.raster(map)))),
            new AngleMetric(),
            TorchScriptLabeler.of("rgb", config.network(), NETWORK, Wanted.PICTURE, VALUE)));
    renormalise = config.renormalise();
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Directions.crop(ValueTypes.raster(value), crop, size, renormalise);
  }
}
