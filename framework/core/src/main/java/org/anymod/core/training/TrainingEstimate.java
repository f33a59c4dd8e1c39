package org.anymod.core.training;

import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.ModelInventory;
import org.anymod.core.model.ModelTensor;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.TableUpdate;

/**
 * What a training needs, worked out from sizes alone. Activations are left out: they depend on the
 * engine, and recomputation keeps them small.
 *
 * @param parameters trained numbers
 * @param ranks processes that train together
 * @param stateBytes weights, gradients, moments and moving average of each rank, in bytes
 * @param reducedBytes gradients that are summed over the ranks in a step, in bytes at most
 * @param sentBytes what each rank sends in a step, in bytes: a ring moves every number {@code 2 (n
 *     - 1) / n} times, and divided optimisers send each weight once more
 */
public record TrainingEstimate(
    long parameters, int ranks, long stateBytes, long reducedBytes, long sentBytes) {
  private static final String HEAD = "to_logits.weight";

  /**
   * Estimates a training.
   *
   * @param inventory the model's tensors
   * @param model the model section
   * @param training the training section
   * @param masking the masking section
   * @param ranks processes that train together, at least 1
   * @return the estimate
   */
  public static TrainingEstimate of(
      ModelInventory inventory,
      ModelRecipe model,
      TrainingRecipe training,
      MaskingRecipe masking,
      int ranks) {
    long parameters = inventory.parameters();
    boolean sharded = training.parallel().shardOptimizer() && ranks > 1;
    long numbers = 2 + (training.ema().enabled() ? 1 : 0);
    long moments = 2 * parameters / (sharded ? ranks : 1);
    long tokens =
        (long) training.batch()
            * training.accumulate()
            * Math.max(masking.inputTokens(), masking.targetTokens());
    long reduced = 0;
    for (ModelTensor tensor : inventory.tensors()) {
      if (tensor.trained() && tensor.sharedWith().isEmpty()) {
        reduced += reduced(tensor, model, tokens);
      }
    }
    double ring = 2.0 * (ranks - 1) / ranks;
    double spread = sharded ? (double) (ranks - 1) / ranks : 0;
    return new TrainingEstimate(
        parameters,
        ranks,
        Float.BYTES * (numbers * parameters + moments),
        ranks == 1 ? 0 : Float.BYTES * reduced,
        Math.round(Float.BYTES * (ring * reduced + spread * parameters)));
  }

  /** Numbers of a gradient that travel: of token tables only the rows that a step can touch. */
  private static long reduced(ModelTensor tensor, ModelRecipe model, long tokens) {
    boolean table =
        EmbeddingRows.update(tensor.name(), model.tiedHeads(), true) == TableUpdate.ROWS
            && !tensor.name().endsWith(HEAD);
    long rows = tensor.shape().get(0);
    return table ? tensor.shape().size() / rows * Math.min(rows, tokens) : tensor.shape().size();
  }

  /**
   * Returns how long the exchange of a step takes where nothing else takes place beside it.
   *
   * @param bytesPerSecond what each rank can send in a second
   * @return seconds
   */
  public double seconds(double bytesPerSecond) {
    return sentBytes / bytesPerSecond;
  }
}
