package org.anymod.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Kind;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * The encoder-decoder transformer over tokens of all modalities (arXiv 2406.09406, section 2.2).
 *
 * <p>The encoder reads the visible tokens of all modalities together; the decoder predicts targets
 * from learned queries (grids) or from the ids before (sequences), each attending to targets of its
 * own modality and to the encoder's output.
 */
public final class AnyToAnyModel implements AutoCloseable {
  private final ModelRecipe recipe;
  private final List<ModelModality> modalities;
  private final TensorScope scope;
  private final Parameters parameters;
  private final List<NDArray> encoderWeights;
  private final List<NDArray> decoderWeights;
  private final NDArray encoderConfig;
  private final NDArray decoderConfig;
  private WeightAdapter adapter = WeightAdapter.NONE;

  /**
   * Creates a model with fresh weights.
   *
   * @param recipe sizes
   * @param modalities modalities in model order, which is the code point order of their keys
   * @param seed seed of the weights
   * @param device where it lives
   * @param precision type of matrix products
   */
  public AnyToAnyModel(
      ModelRecipe recipe,
      List<ModelModality> modalities,
      long seed,
      Device device,
      Precision precision) {
    this.recipe = recipe;
    this.modalities = List.copyOf(modalities);
    this.scope = TensorScope.on(device);
    NDManager manager = scope.manager();
    this.parameters = ModelWeights.create(recipe, this.modalities, seed, manager);
    NDArray none = TransformerKernel.none(manager);
    this.encoderWeights =
        TransformerKernel.encoderWeights(parameters, "encoder", recipe.encoderLayers(), none);
    this.decoderWeights =
        TransformerKernel.decoderWeights(parameters, "decoder", recipe.decoderLayers(), none);
    this.encoderConfig = config(recipe.encoderLayers(), precision);
    this.decoderConfig = config(recipe.decoderLayers(), precision);
  }

  private NDArray config(int layers, Precision precision) {
    return TransformerKernel.config(
        scope.manager(),
        recipe.heads(),
        layers,
        recipe.gated(),
        recipe.gated() ? TransformerKernel.Activation.SILU : TransformerKernel.Activation.GELU,
        recipe.qkNorm(),
        precision);
  }

  /**
   * What the encoder gives the decoder.
   *
   * @param context (batch, tokens, dim)
   * @param mask additive mask of padding, (batch, 1, 1, tokens)
   */
  public record Context(NDArray context, NDArray mask) {}

  /**
   * Losses of a batch.
   *
   * @param total the weighted mean to train on, of shape ()
   * @param byModality mean cross-entropy of each modality with targets in the batch, of shape ()
   */
  public record Losses(NDArray total, Map<ModelModality, NDArray> byModality) {}

  /**
   * Returns the modalities in model order.
   *
   * @return the modalities
   */
  public List<ModelModality> modalities() {
    return modalities;
  }

  /**
   * Returns the tensors of the model.
   *
   * @return the parameters
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Returns the scope that owns the model's tensors.
   *
   * @return the scope
   */
  public TensorScope scope() {
    return scope;
  }

  /**
   * Sets what changes the weights of the blocks before each use.
   *
   * @param adapter the adapter, {@link WeightAdapter#NONE} for the weights as they are
   */
  public void adapt(WeightAdapter adapter) {
    this.adapter = adapter;
  }

  /**
   * Returns the tensors as a checkpoint holds them, shared ones under each of their names.
   *
   * @return names and tensors in a fixed order
   */
  public Map<String, NDArray> checkpoint() {
    return ModelWeights.checkpoint(recipe, parameters, modalities);
  }

  /**
   * Overwrites the model's tensors with those of a checkpoint.
   *
   * @param checkpoint names and tensors as {@link #checkpoint()} gives them
   * @throws IllegalArgumentException if a name is missing or unknown, a shape differs, or tensors
   *     that this model shares are not equal; nothing is changed then
   */
  public void load(Map<String, NDArray> checkpoint) {
    Map<String, NDArray> state = new LinkedHashMap<>(checkpoint);
    ModelWeights.aliases(recipe, modalities)
        .forEach(
            (alias, name) -> {
              NDArray other = state.remove(alias);
              NDArray own = state.get(name);
              if (other != null && own != null && !other.contentEquals(own)) {
                throw new IllegalArgumentException(
                    alias + " and " + name + " differ, but this model shares them");
              }
            });
    parameters.load(state);
  }

  /**
   * Runs the encoder over the visible tokens of a batch.
   *
   * @param batch visible tokens
   * @param step scope of the results
   * @return the context
   */
  public Context encode(Batch batch, TensorScope step) {
    NDManager manager = step.manager();
    Kernels kernels = Kernels.shared();
    List<NDArray> x = new ArrayList<>();
    List<NDArray> emb = new ArrayList<>();
    List<NDArray> slots = new ArrayList<>();
    for (int m = 0; m < modalities.size(); m++) {
      Batch.Part part = batch.input(m);
      if (part.slots.size() > 0) {
        x.add(inputRows(modalities.get(m), part, manager));
        emb.add(
            positionRows(
                ModelWeights.encoderPrefix(modalities.get(m)), modalities.get(m), part, manager));
        slots.add(manager.create(part.slots.toArray()));
      }
    }
    int batchSize = batch.samples();
    NDArray embedded = place(emb, slots, batchSize, batch.inputBudget(), manager);
    NDArray tokens = place(x, slots, batchSize, batch.inputBudget(), manager).add(embedded);
    NDArray mask =
        kernels.call(
            manager,
            "padding_mask",
            manager.create(batch.inputLengths()),
            number(batch.inputBudget(), manager));
    NDArray out =
        kernels.call(
            manager,
            "encoder",
            tokens,
            mask,
            adapter.adapt(encoderWeights, manager),
            encoderConfig);
    out = norm(out, "encoder_norm", manager);
    NDArray context =
        kernels
            .call(
                manager,
                "linear",
                out,
                parameters.get("decoder_proj_context.weight"),
                parameters.get("decoder_proj_context.bias"),
                encoderConfig)
            .add(embedded);
    return new Context(context, mask);
  }

  private NDArray inputRows(ModelModality modality, Batch.Part part, NDManager manager) {
    String prefix = ModelWeights.encoderPrefix(modality);
    Kernels kernels = Kernels.shared();
    if (modality.kind() instanceof Kind.PixelPatches
        || modality.kind() instanceof Kind.EmbeddingSequence) {
      boolean pixels = modality.kind() instanceof Kind.PixelPatches;
      String name = prefix + (pixels ? "proj" : "emb_proj");
      NDArray weight = parameters.get(name + ".weight");
      long width = weight.getShape().get(1);
      FloatBuffer values = FloatBuffer.wrap(part.vectors, 0, (int) (part.vectorCount * width));
      NDArray vectors =
          manager.create(values, new Shape(part.vectorCount, width), DataType.FLOAT32);
      NDArray bias = pixels ? TransformerKernel.none(manager) : parameters.get(name + ".bias");
      return kernels.call(manager, "linear", vectors, weight, bias, encoderConfig);
    }
    return kernels.call(
        manager,
        "rows",
        parameters.get(prefix + "token_emb.weight"),
        manager.create(part.ids.toArray()));
  }

  private NDArray positionRows(
      String prefix, ModelModality modality, Batch.Part part, NDManager manager) {
    NDArray table = flat(parameters.get(prefix + "pos_emb"), manager);
    NDArray offset = flat(modalityEmbedding(modality), manager);
    return Kernels.shared()
        .call(manager, "add_rows", table, manager.create(part.positions.toArray()), offset);
  }

  /** Encoder and decoder share the embedding of a modality that is both. */
  private NDArray modalityEmbedding(ModelModality modality) {
    boolean input = modality.declaration().isInput();
    return parameters.get(
        (input ? ModelWeights.encoderPrefix(modality) : ModelWeights.decoderPrefix(modality))
            + "mod_emb");
  }

  private NDArray flat(NDArray table, NDManager manager) {
    NDArray view = table.reshape(-1, recipe.dim());
    view.attach(manager);
    return view;
  }

  private NDArray place(
      List<NDArray> parts, List<NDArray> slots, int batch, int budget, NDManager manager) {
    if (parts.isEmpty()) {
      return manager.zeros(new Shape(batch, budget, recipe.dim()));
    }
    return Kernels.shared()
        .call(manager, "place", parts, slots, number((long) batch * budget, manager))
        .reshape(batch, budget, recipe.dim());
  }

  private static NDArray number(long value, NDManager manager) {
    NDArray number = manager.create(value);
    return number.getDevice().isGpu() ? number.toDevice(Device.cpu(), false) : number;
  }

  private NDArray norm(NDArray x, String name, NDManager manager) {
    return Kernels.shared()
        .call(
            manager,
            "layer_norm",
            x,
            parameters.get(name + ".weight"),
            parameters.get(name + ".bias"));
  }

  /**
   * Runs the decoder over the targets of a batch.
   *
   * @param batch targets
   * @param context what {@link #encode} gave for the same batch
   * @param step scope of the results
   * @return output of every slot, (batch * budget, dim)
   */
  public NDArray decode(Batch batch, Context context, TensorScope step) {
    NDManager manager = step.manager();
    Kernels kernels = Kernels.shared();
    List<NDArray> parts = new ArrayList<>();
    List<NDArray> slots = new ArrayList<>();
    for (int m = 0; m < modalities.size(); m++) {
      Batch.Part part = batch.target(m);
      if (part.slots.size() > 0) {
        ModelModality modality = modalities.get(m);
        NDArray emb = positionRows(ModelWeights.decoderPrefix(modality), modality, part, manager);
        parts.add(queryRows(modality, part, manager).add(emb));
        slots.add(manager.create(part.slots.toArray()));
      }
    }
    int size = batch.samples();
    int budget = batch.targetBudget();
    NDArray tokens = place(parts, slots, size, budget, manager);
    NDArray group = manager.create(batch.group(), new Shape(size, budget));
    NDArray end = manager.create(batch.end(), new Shape(size, budget));
    NDArray mask = kernels.call(manager, "target_mask", group, end);
    NDArray out =
        kernels.call(
            manager,
            "decoder",
            tokens,
            context.context(),
            mask,
            context.mask(),
            adapter.adapt(decoderWeights, manager),
            decoderConfig);
    return norm(out, "decoder_norm", manager).reshape(-1, recipe.dim());
  }

  private NDArray queryRows(ModelModality modality, Batch.Part part, NDManager manager) {
    if (modality.isSequence()) {
      NDArray table = parameters.get(ModelWeights.decoderPrefix(modality) + "token_emb.weight");
      return Kernels.shared().call(manager, "rows", table, manager.create(part.ids.toArray()));
    }
    return flat(parameters.get("mask_token"), manager);
  }

  /**
   * Computes logits of one modality's targets.
   *
   * @param decoded what {@link #decode} gave
   * @param batch the same batch
   * @param modality index of the modality
   * @param step scope of the result
   * @return logits in the order in which targets were asked for, (targets, vocabulary)
   */
  public NDArray logits(NDArray decoded, Batch batch, int modality, TensorScope step) {
    return logitsAt(decoded, batch.target(modality).slots.toArray(), modality, step);
  }

  /**
   * Computes logits of some slots with the head of one modality.
   *
   * @param decoded what {@link #decode} gave
   * @param slots slots of the batch
   * @param modality index of the modality
   * @param step scope of the result
   * @return logits in the order of the slots, (slots, vocabulary)
   */
  public NDArray logitsAt(NDArray decoded, long[] slots, int modality, TensorScope step) {
    NDManager manager = step.manager();
    return Kernels.shared()
        .call(
            manager,
            "head_logits",
            decoded,
            manager.create(slots),
            head(modalities.get(modality)),
            decoderConfig);
  }

  private NDArray head(ModelModality modality) {
    String name = recipe.tiedHeads() ? "token_emb.weight" : "to_logits.weight";
    return parameters.get(ModelWeights.decoderPrefix(modality) + name);
  }

  /**
   * Computes the losses of a batch. Call inside {@code Autograd.record} to train.
   *
   * @param batch visible tokens and targets
   * @param weighting how modalities are weighed
   * @param step scope of the results
   * @return the losses
   */
  public Losses losses(Batch batch, LossWeighting weighting, TensorScope step) {
    NDManager manager = step.manager();
    NDArray decoded = decode(batch, encode(batch, step), step);
    List<NDArray> losses = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    Map<ModelModality, NDArray> byModality = new LinkedHashMap<>();
    for (int m = 0; m < modalities.size(); m++) {
      Batch.Part part = batch.target(m);
      if (part.slots.size() > 0) {
        NDArray loss =
            Kernels.shared()
                .call(
                    manager,
                    "head_loss",
                    decoded,
                    manager.create(part.slots.toArray()),
                    head(modalities.get(m)),
                    manager.create(part.targets.toArray()),
                    decoderConfig);
        losses.add(loss);
        counts.add(part.slots.size());
        byModality.put(modalities.get(m), loss);
      }
    }
    if (losses.isEmpty()) {
      throw new IllegalArgumentException(
          "the batch has no targets: raise target_tokens or the target concentrations of the masking mixture");
    }
    return new Losses(weighting.total(losses, counts, outputs(), manager), byModality);
  }

  private int outputs() {
    return (int) modalities.stream().filter(m -> m.declaration().isOutput()).count();
  }

  @Override
  public void close() {
    scope.close();
  }
}
