package org.anymod.sdk.test;

import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Gray pictures of 16 bits as tokens; defects change one thing about it. */
class GoodGrid implements Modality {
  static final ValueSpec.RasterSpec SPEC = new ValueSpec.RasterSpec(1, 0, 1);

  @Override
  public String name() {
    return "heights";
  }

  @Override
  public String source() {
    return "heights";
  }

  @Override
  public ValueSpec value() {
    return SPEC;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(64));
  }

  @Override
  public Codec codec() {
    return ImageCodec.gray(16);
  }

  @Override
  public Representation representation() {
    return RasterVae.of("l1");
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(Renderings.heat(ValueTypes.raster(value)));
  }

  @Override
  public Metric metric() {
    return new RasterMetric(1);
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC);
  }
}
