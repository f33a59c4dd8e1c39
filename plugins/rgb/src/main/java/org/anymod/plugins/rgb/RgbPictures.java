package org.anymod.plugins.rgb;

import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * What pixels and tokens of a picture share: both read the same files and speak of the same values.
 *
 * <p>Files: {@code rgb/<name>.png} or {@code .jpg}. Values: rasters of shape (3, height, width),
 * red, green, blue in [0, 1]. Crops are resized with Pillow's antialiased bicubic filter.
 */
abstract class RgbPictures implements Modality {
  static final int CHANNELS = 3;

  private final Codec codec = ImageCodec.color();
  private final Metric metric = new RasterMetric(1);

  @Override
  public String source() {
    return "rgb";
  }

  @Override
  public ValueSpec value() {
    return new RasterSpec(CHANNELS, 0, 1);
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(Renderings.picture(ValueTypes.raster(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC_8BIT);
  }
}
