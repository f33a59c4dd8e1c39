package org.anymod.plugins.rgb;

import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Representation;

/**
 * Tokens of colour pictures: a grid with one token for each patch, 16384 different ones unless the
 * recipe says otherwise.
 */
public final class TokRgbModality extends RgbPictures {
  private static final int VOCABULARY = 16384;

  private final Representation tokens = RasterVae.of("mse");

  /** Creates the modality. */
  public TokRgbModality() {}

  @Override
  public String name() {
    return "tok_rgb";
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(VOCABULARY));
  }

  @Override
  public Representation representation() {
    return tokens;
  }
}
