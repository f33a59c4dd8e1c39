package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;

/** Output heads: logits, and the losses of all modalities in one pass. */
final class OutputHeads {
  private final ModelRecipe recipe;
  private final List<ModelModality> modalities;
  private final Parameters parameters;
  private final NDArray config;

  OutputHeads(
      ModelRecipe recipe, List<ModelModality> modalities, Parameters parameters, NDArray config) {
    this.recipe = recipe;
    this.modalities = modalities;
    this.parameters = parameters;
    this.config = config;
  }

  private NDArray head(int modality) {
    String name = recipe.tiedHeads() ? "token_emb.weight" : "to_logits.weight";
    return parameters.get(ModelWeights.decoderPrefix(modalities.get(modality)) + name);
  }

  NDArray logits(NDArray decoded, long[] slots, int modality, NDManager manager) {
    return Kernels.shared()
        .call(manager, "head_logits", decoded, manager.create(slots), head(modality), config);
  }

  /** What the mean loss of each modality in the batch is multiplied by. */
  NDArray weights(TokenRows rows, LossWeighting weighting, NDManager manager) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "the batch has no targets: raise target_tokens or the target concentrations of the masking mixture");
    }
    int[] vocabularies =
        rows.modalities().stream().mapToInt(m -> modalities.get(m).vocabulary()).toArray();
    int outputs = (int) modalities.stream().filter(m -> m.declaration().isOutput()).count();
    double[] weights = weighting.weights(rows.counts(), vocabularies, outputs);
    float[] values = new float[weights.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) weights[i];
    }
    return manager.create(values);
  }

  /** Losses of decoded slots (slots, dim). */
  AnyToAnyModel.Losses losses(NDArray decoded, TokenRows rows, NDArray weights, TensorScope step) {
    NDManager manager = step.manager();
    List<NDArray> heads = new ArrayList<>();
    List<ModelModality> present = new ArrayList<>();
    for (int m : rows.modalities()) {
      heads.add(head(m));
      present.add(modalities.get(m));
    }
    NDArray means =
        Kernels.shared()
            .call(
                manager,
                "head_losses",
                decoded,
                rows.slots(),
                rows.targets(),
                rows.kernelCounts(),
                heads,
                config);
    return new AnyToAnyModel.Losses(
        Kernels.shared().call(manager, "weighted_sum", means, weights), means, present);
  }
}
