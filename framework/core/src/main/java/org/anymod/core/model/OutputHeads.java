package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Loss;
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
  NDArray weights(TokenRows rows, LossWeights weighting, NDManager manager) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "the batch has no targets: raise target_tokens or the target concentrations of the masking mixture");
    }
    int[] present = rows.modalities().stream().mapToInt(Integer::intValue).toArray();
    int[] vocabularies = Arrays.stream(present).map(m -> modalities.get(m).vocabulary()).toArray();
    int outputs = (int) modalities.stream().filter(m -> m.declaration().isOutput()).count();
    double[] weights = weighting.weights(present, rows.counts(), vocabularies, outputs);
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
    boolean own = present.stream().anyMatch(modality -> modality.loss().isPresent());
    NDArray means =
        own ? eachByItself(decoded, rows, step) : together(decoded, rows, heads, manager);
    return new AnyToAnyModel.Losses(
        Kernels.shared().call(manager, "weighted_sum", means, weights), means, present);
  }

  private NDArray together(
      NDArray decoded, TokenRows rows, List<NDArray> heads, NDManager manager) {
    return Kernels.shared()
        .call(
            manager,
            "head_losses",
            decoded,
            rows.slots(),
            rows.targets(),
            rows.kernelCounts(),
            heads,
            config);
  }

  /** With losses of plugins, modality by modality. */
  private NDArray eachByItself(NDArray decoded, TokenRows rows, TensorScope step) {
    NDManager manager = step.manager();
    List<NDArray> means = new ArrayList<>();
    long from = 0;
    for (int i = 0; i < rows.modalities().size(); i++) {
      int m = rows.modalities().get(i);
      NDArray range = step.host().create(new long[] {from, rows.counts()[i]});
      NDArray slots = Kernels.shared().call(manager, "part", rows.slots(), range);
      NDArray targets = Kernels.shared().call(manager, "part", rows.targets(), range);
      NDArray logits =
          Kernels.shared().call(manager, "head_logits", decoded, slots, head(m), config);
      Optional<Loss> loss = modalities.get(m).loss();
      means.add(
          loss.isPresent()
              ? loss.get().evaluate(logits, targets)
              : Kernels.shared().call(manager, "cross_entropy_loss", logits, targets));
      from += rows.counts()[i];
    }
    return Kernels.shared().call(manager, "stack_scalars", means);
  }
}
