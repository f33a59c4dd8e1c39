package org.anymod.core.transfer;

import ai.djl.Device;
import java.io.IOException;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.core.model.PublishedModels;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.torch.Precision;

/** Encoders like those of the tiny published models. */
final class Published {
  private Published() {}

  static ModelRecipe recipe(
      int dim, int layers, int heads, boolean gated, boolean qkNorm, boolean bias) {
    return new ModelRecipe(dim, layers, layers, heads, 4, gated, qkNorm, bias, false, "published");
  }

  /** An encoder-only model of the same sizes, with fresh weights. */
  static EncoderModel encoder(String name) throws IOException {
    return new EncoderModel(
        PublishedModels.recipe(name),
        Declaration.inputOnly(PublishedModels.PICTURE, PublishedModels.PIXELS),
        0,
        true,
        7,
        Device.cpu(),
        Precision.FLOAT32);
  }

  static int indexOf(AnyToAnyModel model, String key) {
    return model.modalities().stream().map(ModelModality::key).toList().indexOf(key);
  }
}
