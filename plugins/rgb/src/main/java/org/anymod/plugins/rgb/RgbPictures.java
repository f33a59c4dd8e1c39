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
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * What pixels and tokens of a picture share: both read the same files and speak of the same values.
 */
final class RgbPictures {
  static final String SOURCE = "rgb";
  static final int CHANNELS = 3;
  static final RasterSpec VALUE = new RasterSpec(CHANNELS, 0, 1);
  static final Codec CODEC = ImageCodec.color();
  static final Metric METRIC = new RasterMetric(1);

  private RgbPictures() {}

  static Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC_8BIT);
  }

  static Rendering render(Value value) {
    return new Rendering.Picture(Renderings.picture(ValueTypes.raster(value)));
  }
}
