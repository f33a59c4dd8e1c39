package org.anymod.core.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;

/**
 * The tensors of an encoder that reads one modality alone. Names, shapes and, for the same seed,
 * first values are those that the any-to-any model of the same recipe has.
 */
public final class EncoderTensors {
  private static final double EMBEDDING_DEVIATION = 0.02;

  private EncoderTensors() {}

  /**
   * Creates the tensors.
   *
   * @param recipe sizes; those of the decoder are not used
   * @param input the modality
   * @param registers number of trained tokens that stand before those of the modality
   * @param norm whether there is a norm after the last block
   * @param seed seed of the values
   * @param manager owner of the tensors
   * @return {@code encoder_embeddings.<key>.*}, {@code encoder.<i>.*} and, where asked for, {@code
   *     encoder_norm.*} and {@code register_tokens} (1, registers, dim)
   */
  public static Parameters create(
      ModelRecipe recipe,
      Declaration input,
      int registers,
      boolean norm,
      long seed,
      NDManager manager) {
    ModelModality modality = new ModelModality(input, 0);
    Parameters parameters = ModelWeights.createEncoder(recipe, modality, norm, seed, manager);
    if (registers > 0) {
      String name = "register_tokens";
      Shape shape = new Shape(1, registers, recipe.dim());
      float[] values = new InitialValues(seed).normal(name, shape.size(), EMBEDDING_DEVIATION);
      parameters.weight(name, shape, values);
    }
    return parameters;
  }

  /**
   * Returns what stands before the names of a modality's embedding tensors.
   *
   * @param key model key
   * @return {@code encoder_embeddings.<key>.}
   */
  public static String prefix(String key) {
    return "encoder_embeddings." + key + ".";
  }
}
