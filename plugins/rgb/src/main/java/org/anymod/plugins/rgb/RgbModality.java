package org.anymod.plugins.rgb;

import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Representation;

/**
 * Pixels of colour pictures, which a model can read and not predict. Patches are scaled with mean
 * and deviation of ImageNet.
 */
public final class RgbModality extends RgbPictures {

  /** Creates the modality. */
  public RgbModality() {}

  @Override
  public String name() {
    return "rgb";
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    int side = request.resolution();
    return Declaration.inputOnly(
        request.key(), new Kind.PixelPatches(CHANNELS, side, side, request.patch()));
  }

  @Override
  public Representation representation() {
    return PixelScaling.IMAGENET;
  }
}
