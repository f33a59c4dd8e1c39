package org.anymod.networks.vq;

import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;

/**
 * A ViT encoder, a codebook compared by cosine, and a ViT decoder (arXiv 2406.09406, section 2.1
 * and appendix D): the tokenizer family for pictures, maps and class maps. One token stands for one
 * patch.
 */
public final class VitVqVae implements TokenizerFactory {
  private final boolean classes;
  private final String defaultLoss;

  private VitVqVae(boolean classes, String defaultLoss) {
    this.classes = classes;
    this.defaultLoss = defaultLoss;
  }

  /**
   * Makes tokenizers of rasters; the declared range is scaled to [-1, 1] inside.
   *
   * @param defaultLoss name of the reconstruction loss where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory forRasters(String defaultLoss) {
    return new VitVqVae(false, defaultLoss);
  }

  /**
   * Makes tokenizers of class maps: classes are embedded on the way in and predicted as logits on
   * the way out.
   *
   * @return the factory
   */
  public static TokenizerFactory forClassMaps() {
    return new VitVqVae(true, "cross_entropy");
  }

  @Override
  public String family() {
    return "vit-vqvae";
  }

  @Override
  public Tokenizer create(TokenizerContext context) {
    VqSettings settings = VqSettings.of(context.settings(), defaultLoss);
    return new VqTokenizer(context, settings, ValueTensors.of(context.value(), classes));
  }
}
