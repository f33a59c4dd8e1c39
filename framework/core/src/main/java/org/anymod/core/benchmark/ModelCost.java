package org.anymod.core.benchmark;

import org.anymod.core.recipe.ModelRecipe;

/**
 * Floating point operations of the matrix products of a training step, counted from shapes. Padded
 * slots count, because they are computed; embeddings, norms and the optimiser do not.
 */
final class ModelCost {
  private final ModelRecipe recipe;

  ModelCost(ModelRecipe recipe) {
    this.recipe = recipe;
  }

  static int hidden(ModelRecipe recipe) {
    int hidden = (int) (recipe.dim() * recipe.mlpRatio());
    return recipe.gated() ? (int) (2.0 * hidden / 3) : hidden;
  }

  /**
   * Counts a step: forward once, backward twice as much.
   *
   * @param batch samples
   * @param inputs encoder slots of a sample
   * @param targets decoder slots of a sample
   * @param heads multiply-adds of all output heads in the forward pass
   */
  double step(int batch, int inputs, int targets, double heads) {
    double sample = encoder(inputs) + decoder(inputs, targets);
    return 3 * 2 * (batch * sample + heads);
  }

  private double encoder(double tokens) {
    double dim = recipe.dim();
    double layer = tokens * (4 * dim * dim + feedForward()) + 2 * tokens * tokens * dim;
    return recipe.encoderLayers() * layer + tokens * dim * dim;
  }

  private double decoder(double context, double tokens) {
    double dim = recipe.dim();
    double layer =
        tokens * (6 * dim * dim + feedForward())
            + context * 2 * dim * dim
            + 2 * tokens * tokens * dim
            + 2 * tokens * context * dim;
    return recipe.decoderLayers() * layer;
  }

  private double feedForward() {
    return (recipe.gated() ? 3.0 : 2.0) * recipe.dim() * hidden(recipe);
  }
}
