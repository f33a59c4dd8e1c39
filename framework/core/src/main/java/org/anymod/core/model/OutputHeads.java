package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Loss;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Output heads: logits, and the losses of all modalities in one pass. Their gradients are added by
 * hand where they are kept: the engine would first make one as large as each head, however few
 * tokens it predicts.
 */
final class OutputHeads {
  private final ModelRecipe recipe;
  private final List<ModelModality> modalities;
  private final Parameters parameters;
  private final NDArray config;
  private final NDArray none;

  /**
   * Losses, and how they change with what the decoder gave.
   *
   * @param losses the losses, not scaled
   * @param gradient gradient with respect to the decoded slots, (slots, dim)
   */
  record WithGradient(ModelLosses losses, NDArray gradient) {}

  OutputHeads(
      ModelRecipe recipe,
      List<ModelModality> modalities,
      Parameters parameters,
      NDArray config,
      NDManager owner) {
    this.recipe = recipe;
    this.modalities = modalities;
    this.parameters = parameters;
    this.config = config;
    this.none = TransformerKernel.none(owner);
  }

  private NDArray head(int modality) {
    String name = recipe.tiedHeads() ? "token_emb.weight" : "to_logits.weight";
    return parameters.get(ModelWeights.decoderPrefix(modalities.get(modality)) + name);
  }

  NDArray logits(NDArray decoded, long[] slots, int modality, NDManager manager) {
    return Kernels.shared()
        .call(manager, "head_logits", decoded, manager.create(slots), head(modality), config);
  }

  /** As {@link #logits}, with the configuration of calls that record nothing. */
  NDArray unrecordedLogits(
      NDArray decoded, long[] slots, int modality, NDArray unrecorded, NDManager manager) {
    return Kernels.shared()
        .call(manager, "row_logits", decoded, manager.create(slots), head(modality), unrecorded);
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
  ModelLosses losses(NDArray decoded, TokenRows rows, NDArray weights, TensorScope step) {
    NDArray means =
        hasOwn(rows) ? eachByItself(decoded, rows, step) : together(decoded, rows, step);
    return weighted(means, rows, weights, step);
  }

  private ModelLosses weighted(NDArray means, TokenRows rows, NDArray weights, TensorScope step) {
    return new ModelLosses(
        Kernels.shared().call(step.manager(), "weighted_sum", means, weights),
        means,
        rows.modalities().stream().map(modalities::get).toList());
  }

  /**
   * Computes losses of decoded slots, records nothing of it, and adds the gradients of the heads.
   *
   * @param decoded (slots, dim)
   * @param scale what all gradients are multiplied by
   */
  WithGradient lossesAndGradients(
      NDArray decoded, TokenRows rows, NDArray weights, double scale, TensorScope step) {
    return Autograd.pause(
        () -> {
          NDArray factors = Autograd.scaled(weights, scale);
          NDList result =
              hasOwn(rows)
                  ? gradientsOfEach(decoded, rows, factors, step)
                  : gradientsTogether(decoded, rows, factors, step);
          return new WithGradient(weighted(result.get(0), rows, weights, step), result.get(1));
        });
  }

  private boolean hasOwn(TokenRows rows) {
    return rows.modalities().stream().anyMatch(m -> modalities.get(m).loss().isPresent());
  }

  private List<NDArray> heads(TokenRows rows) {
    return rows.modalities().stream().map(this::head).toList();
  }

  /** Where the gradient of a head gathers; without elements if it is not trained. */
  private NDArray gradient(int modality, NDManager manager) {
    NDArray head = head(modality);
    return head.hasGradient() ? Autograd.gradient(head, manager) : none;
  }

  private NDList gradientsTogether(
      NDArray decoded, TokenRows rows, NDArray factors, TensorScope step) {
    NDManager manager = step.manager();
    return Kernels.shared()
        .callAll(
            manager,
            "head_gradients",
            decoded,
            rows.slots(),
            rows.targets(),
            rows.kernelCounts(),
            heads(rows),
            rows.modalities().stream().map(m -> gradient(m, manager)).toList(),
            factors,
            config);
  }

  private NDArray together(NDArray decoded, TokenRows rows, TensorScope step) {
    return Kernels.shared()
        .call(
            step.manager(),
            "head_losses",
            decoded,
            rows.slots(),
            rows.targets(),
            rows.kernelCounts(),
            heads(rows),
            config);
  }

  /** With losses of plugins, modality by modality. */
  private NDArray eachByItself(NDArray decoded, TokenRows rows, TensorScope step) {
    NDManager manager = step.manager();
    List<NDArray> means = new ArrayList<>();
    long from = 0;
    for (int i = 0; i < rows.modalities().size(); i++) {
      int m = rows.modalities().get(i);
      NDArray slots = part(rows.slots(), from, rows.counts()[i], step);
      NDArray targets = part(rows.targets(), from, rows.counts()[i], step);
      NDArray logits =
          Kernels.shared().call(manager, "head_logits", decoded, slots, head(m), config);
      means.add(mean(m, logits, targets, manager));
      from += rows.counts()[i];
    }
    return Kernels.shared().call(manager, "stack_scalars", means);
  }

  private static NDArray part(NDArray values, long from, long count, TensorScope step) {
    NDArray range = step.host().create(new long[] {from, count});
    return Kernels.shared().call(step.manager(), "part", values, range);
  }

  private NDArray mean(int modality, NDArray logits, NDArray targets, NDManager manager) {
    Optional<Loss> loss = modalities.get(modality).loss();
    return loss.isPresent()
        ? loss.get().evaluate(logits, targets)
        : Kernels.shared().call(manager, "cross_entropy_loss", logits, targets);
  }

  private NDList gradientsOfEach(
      NDArray decoded, TokenRows rows, NDArray factors, TensorScope step) {
    NDManager manager = step.manager();
    Kernels kernels = Kernels.shared();
    List<NDArray> means = new ArrayList<>();
    List<NDArray> backs = new ArrayList<>();
    long from = 0;
    for (int i = 0; i < rows.modalities().size(); i++) {
      int m = rows.modalities().get(i);
      NDArray slots = part(rows.slots(), from, rows.counts()[i], step);
      NDArray targets = part(rows.targets(), from, rows.counts()[i], step);
      NDArray head = head(m);
      NDArray logits =
          Autograd.leaf(
              kernels.call(manager, "head_logits", decoded, slots, head, config), manager);
      NDArray mean = Autograd.record(() -> mean(m, logits, targets, manager));
      Autograd.backward(mean, factors.get(i));
      NDArray arriving = Autograd.gradient(logits, manager);
      NDArray kept = gradient(m, manager);
      backs.add(
          kernels.call(
              manager, "head_logit_gradients", decoded, slots, arriving, head, kept, config));
      means.add(mean.stopGradient());
      from += rows.counts()[i];
    }
    NDArray back = kernels.call(manager, "join", backs);
    return new NDList(
        kernels.call(manager, "stack_scalars", means),
        kernels.call(manager, "place", back, rows.slots(), rows.size()));
  }
}
