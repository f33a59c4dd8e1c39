package org.anymod.core.benchmark;

import ai.djl.Device;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.TrainingRecipe;

/**
 * How long a training step takes at least: its matrix products at the rate of a device. Output
 * heads, embeddings, norms and the optimiser come on top.
 */
public final class StepTime {
  private static final int SIDE = 1024;

  private StepTime() {}

  /**
   * Counts the floating point operations of a step of all ranks together, with full budgets.
   *
   * @param model the model section
   * @param training the training section
   * @param masking the masking section
   * @return operations; a multiply-add counts as two
   */
  public static double operations(
      ModelRecipe model, TrainingRecipe training, MaskingRecipe masking) {
    int samples = Math.multiplyExact(training.batch(), training.accumulate());
    return new ModelCost(model).step(samples, masking.inputTokens(), masking.targetTokens(), 0);
  }

  /**
   * Measures how fast a device multiplies large float32 matrices, which takes a part of a second.
   *
   * @param device the device
   * @return operations a second
   */
  public static double rate(Device device) {
    return new MatrixRate(device).square(SIDE);
  }
}
