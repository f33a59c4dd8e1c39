package org.anymod.networks.diffusion;

import java.util.OptionalInt;
import org.anymod.networks.vq.VitVqVae;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;

/**
 * Tokenizers of rasters whose recipe chooses the family: with the setting {@code decoder: unet} or
 * {@code uvit} a {@link DiffusionVae}, without it a {@link VitVqVae}.
 */
public final class RasterVae implements TokenizerFactory {
  private static final String DECODER = "decoder";

  private final TokenizerFactory plain;
  private final TokenizerFactory diffusion;

  private RasterVae(String defaultLoss) {
    plain = VitVqVae.forRasters(defaultLoss);
    diffusion = DiffusionVae.forRasters(defaultLoss);
  }

  /**
   * Makes tokenizers of rasters; the declared range is scaled to [-1, 1] inside.
   *
   * @param defaultLoss name of the loss between output and target where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory of(String defaultLoss) {
    return new RasterVae(defaultLoss);
  }

  @Override
  public String family() {
    return "raster-vae";
  }

  @Override
  public OptionalInt resolutionStep(TokenizerContext context) {
    return chosen(context).resolutionStep(context);
  }

  @Override
  public Tokenizer create(TokenizerContext context) {
    return chosen(context).create(context);
  }

  private TokenizerFactory chosen(TokenizerContext context) {
    return context.settings().containsKey(DECODER) ? diffusion : plain;
  }
}
