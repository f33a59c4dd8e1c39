package org.anymod.plugins.rgb;

import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Tokens of colour pictures: a grid with one token for each patch, 16384 different ones unless the
 * recipe says otherwise.
 *
 * <p>Files and values are those of {@link RgbModality}.
 */
public final class TokRgbModality implements Modality {
  private static final int VOCABULARY = 16384;

  private final Representation tokens = RasterVae.of("mse");

  /** Creates the modality. */
  public TokRgbModality() {}

  @Override
  public String name() {
    return "tok_rgb";
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
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(VOCABULARY));
  }

  @Override
  public Codec codec() {
    return RgbPictures.CODEC;
  }

  @Override
  public Representation representation() {
    return tokens;
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
