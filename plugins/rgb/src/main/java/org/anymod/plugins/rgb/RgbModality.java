package org.anymod.plugins.rgb;

import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Pixels of colour pictures, which a model can read and not predict.
 *
 * <p>Files: {@code rgb/<name>.png} or {@code .jpg}. Values: rasters of shape (3, height, width),
 * red, green, blue in [0, 1]. Crops are resized with Pillow's antialiased bicubic filter. Patches
 * are scaled with mean and deviation of ImageNet.
 */
public final class RgbModality implements Modality {

  /** Creates the modality. */
  public RgbModality() {}

  @Override
  public String name() {
    return "rgb";
  }

  @Override
  public String source() {
    return RgbPictures.SOURCE;
  }

  @Override
  public ValueSpec value() {
    return RgbPictures.VALUE;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    int side = request.resolution();
    return Declaration.inputOnly(
        request.key(), new Kind.PixelPatches(RgbPictures.CHANNELS, side, side, request.patch()));
  }

  @Override
  public Codec codec() {
    return RgbPictures.CODEC;
  }

  @Override
  public Representation representation() {
    return PixelScaling.IMAGENET;
  }

  @Override
  public Renderer renderer() {
    return RgbPictures::render;
  }

  @Override
  public Metric metric() {
    return RgbPictures.METRIC;
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return RgbPictures.crop(value, crop, size);
  }
}
