package org.anymod.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;

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
  private final InputEmbedding inputs;
  private final QueryEmbedding queries;
  private final Transformer transformer;
  private final OutputHeads heads;
  private final Inference inference;

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
    this.transformer = new Transformer(recipe, parameters, precision, scope);
    NDArray config = transformer.encoder().config();
    this.inputs = new InputEmbedding(recipe, this.modalities, parameters, config, manager);
    this.queries = new QueryEmbedding(recipe, this.modalities, parameters, manager);
    this.heads = new OutputHeads(recipe, this.modalities, parameters, config, manager);
    this.inference = new Inference(inputs, queries, transformer, heads, manager);
  }

  /**
   * What the encoder gives the decoder.
   *
   * @param context (batch, tokens, dim)
   * @param mask additive mask of padding, (batch, 1, 1, tokens); without elements if there is none
   */
  public record Context(NDArray context, NDArray mask) {}

  /**
   * Returns the modalities in model order.
   *
   * @return the modalities
   */
  public List<ModelModality> modalities() {
    return modalities;
  }

  /**
   * Returns whether the decoder's token tables are its output heads.
   *
   * @return true if they are the same tensors
   */
  public boolean tiedHeads() {
    return recipe.tiedHeads();
  }

  /**
   * Returns the parts of the model that sampling runs one by one.
   *
   * @return the parts, with the weights that the model has at the time of each call
   */
  public Inference inference() {
    return inference;
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
   * Returns the tensors as a checkpoint holds them, shared ones under each of their names.
   *
   * @return names and tensors in a fixed order
   */
  public Map<String, NDArray> checkpoint() {
    return SharedTensors.withAliases(SharedTensors.aliases(recipe, modalities), parameters.all());
  }

  /**
   * Overwrites the model's tensors with those of a checkpoint.
   *
   * @param checkpoint names and tensors as {@link #checkpoint()} gives them
   * @throws IllegalArgumentException if a name is missing or unknown, a shape differs, or tensors
   *     that this model shares are not equal; nothing is changed then
   */
  public void load(Map<String, NDArray> checkpoint) {
    Map<String, String> aliases = SharedTensors.aliases(recipe, modalities);
    parameters.load(SharedTensors.withoutAliases(aliases, checkpoint));
  }

  /**
   * Sets what changes the weights of the blocks before each use.
   *
   * @param adapter the adapter, {@link WeightAdapter#NONE} for the weights as they are
   */
  public void adapt(WeightAdapter adapter) {
    transformer.encoder().adapt(adapter);
    transformer.decoder().adapt(adapter);
  }

  /**
   * Runs the encoder over the visible tokens of a batch.
   *
   * @param batch visible tokens
   * @param step scope of the results
   * @return the context, in which register tokens come first
   */
  public Context encode(Batch batch, TensorScope step) {
    return encode(batch, inputs.rows(batch, step), step);
  }

  private Context encode(Batch batch, TokenRows rows, TensorScope step) {
    NDManager manager = step.manager();
    NDArray mask = transformer.paddingMask(batch, step);
    InputEmbedding.Embedded embedded = inputs.embed(batch, rows, manager);
    NDArray tokens = embedded.content().add(embedded.places());
    NDArray encoded =
        transformer
            .encoder()
            .forward(
                transformer.withRegisters(tokens, manager),
                List.of(mask),
                DropPath.Factors.NONE,
                manager);
    return new Context(transformer.context(encoded, embedded.places(), step), mask);
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
    return decode(batch, queries.rows(batch, step), context, step);
  }

  private NDArray decode(Batch batch, TokenRows rows, Context context, TensorScope step) {
    NDManager manager = step.manager();
    NDArray mask = transformer.targetMask(batch, manager);
    NDArray output =
        transformer
            .decoder()
            .forward(
                queries.embed(batch, rows, step),
                List.of(context.context(), mask, context.mask()),
                DropPath.Factors.NONE,
                manager);
    return transformer.decoded(output, manager);
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
    return heads.logits(decoded, slots, modality, step.manager());
  }

  /**
   * Computes the losses of a batch as they are after training: without drop path.
   *
   * @param batch visible tokens and targets
   * @param weighting how modalities are weighed
   * @param step scope of the results
   * @return the losses
   * @throws IllegalArgumentException if the batch has no targets
   */
  public ModelLosses losses(Batch batch, LossWeighting weighting, TensorScope step) {
    TokenRows inputRows = inputs.rows(batch, step);
    TokenRows targetRows = queries.rows(batch, step);
    NDArray weights = heads.weights(targetRows, weighting, step.manager());
    NDArray decoded = decode(batch, targetRows, encode(batch, inputRows, step), step);
    return heads.losses(decoded, targetRows, weights, step);
  }

  /**
   * Computes the losses of a batch in training and adds their gradients to all trained weights.
   * Nothing in it waits for the device.
   *
   * @param batch visible tokens and targets
   * @param weighting how modalities are weighed
   * @param pass seed and place of all chance, scale of the gradients, and whether to recompute
   * @param step scope of the results
   * @return the losses, not scaled
   * @throws IllegalArgumentException if the batch has no targets
   */
  public ModelLosses lossesAndGradients(
      Batch batch, LossWeights weighting, TrainingPass pass, TensorScope step) {
    return lossesAndGradients(batch, weighting, pass, GradientStage.Listener.NONE, step);
  }

  /**
   * Computes losses and gradients and says on the way which gradients are complete.
   *
   * @param batch visible tokens and targets
   * @param weighting how modalities are weighed
   * @param pass seed and place of all chance, scale of the gradients, and whether to recompute
   * @param listener hears of complete gradients; all are complete when this method returns
   * @param step scope of the results
   * @return the losses, not scaled
   * @throws IllegalArgumentException if the batch has no targets
   */
  public ModelLosses lossesAndGradients(
      Batch batch,
      LossWeights weighting,
      TrainingPass pass,
      GradientStage.Listener listener,
      TensorScope step) {
    return new GradientPass(inputs, queries, transformer, heads, batch, pass, listener, step)
        .run(weighting);
  }

  @Override
  public void close() {
    scope.close();
  }
}
