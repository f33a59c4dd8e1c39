package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;
import org.anymod.torch.TransformerKernel.Activation;

/**
 * The part of the model that knows no modality: register tokens, both stacks of blocks, their final
 * norms and the projection between them.
 */
final class Transformer {
  private static final int ENCODER_BRANCHES = 2;
  private static final int DECODER_BRANCHES = 3;

  private final ModelRecipe recipe;
  private final Parameters parameters;
  private final BlockStack encoder;
  private final BlockStack decoder;

  Transformer(ModelRecipe recipe, Parameters parameters, Precision precision, TensorScope owner) {
    this.recipe = recipe;
    this.parameters = parameters;
    NDManager manager = owner.manager();
    NDArray none = TransformerKernel.none(manager);
    int encoderLayers = recipe.encoderLayers();
    int decoderLayers = recipe.decoderLayers();
    NDArray block = config(1, precision, manager);
    NDArray encoding = config(encoderLayers, precision, manager);
    this.encoder =
        new BlockStack(
            "encoder_stack",
            TransformerKernel.encoderWeights(parameters, "encoder", encoderLayers, none),
            encoderLayers,
            encoding,
            block,
            TransformerKernel.unrecorded(encoding, manager.getDevice(), manager));
    NDArray decoding = config(decoderLayers, precision, manager);
    this.decoder =
        new BlockStack(
            "decoder_stack",
            TransformerKernel.decoderWeights(parameters, "decoder", decoderLayers, none),
            decoderLayers,
            decoding,
            block,
            TransformerKernel.unrecorded(decoding, manager.getDevice(), manager));
  }

  private NDArray config(int layers, Precision precision, NDManager manager) {
    return TransformerKernel.config(
        manager,
        recipe.heads(),
        layers,
        recipe.gated(),
        recipe.usesSilu() ? Activation.SILU : Activation.GELU,
        recipe.qkNorm(),
        precision);
  }

  BlockStack encoder() {
    return encoder;
  }

  BlockStack decoder() {
    return decoder;
  }

  DropPath encoderDropPath() {
    int layers = recipe.encoderLayers();
    int ramp = recipe.sharedDropPath() ? layers + recipe.decoderLayers() : layers;
    double[] rates = DropPath.ramp(recipe.encoderDropPath(), 0, layers, ramp);
    return new DropPath("drop path of the encoder", rates, ENCODER_BRANCHES);
  }

  DropPath decoderDropPath() {
    int layers = recipe.decoderLayers();
    int first = recipe.sharedDropPath() ? recipe.encoderLayers() : 0;
    double[] rates = DropPath.ramp(recipe.decoderDropPath(), first, layers, first + layers);
    return new DropPath("drop path of the decoder", rates, DECODER_BRANCHES);
  }

  boolean hasRegisters() {
    return recipe.registerTokens() > 0;
  }

  /** Puts the register tokens, if there are any, before the tokens of each sample. */
  NDArray withRegisters(NDArray tokens, NDManager manager) {
    return hasRegisters()
        ? Kernels.shared().call(manager, "with_first", parameters.get("register_tokens"), tokens)
        : tokens;
  }

  /** Additive mask of padding behind registers and visible tokens, (batch, 1, 1, tokens). */
  NDArray paddingMask(Batch batch, TensorScope step) {
    return paddingMask(batch.inputLengths(), batch.inputBudget(), step);
  }

  NDArray paddingMask(long[] visible, int budget, TensorScope step) {
    int registers = recipe.registerTokens();
    long[] lengths = Arrays.stream(visible).map(length -> length + registers).toArray();
    NDManager manager = step.manager();
    return Kernels.shared()
        .call(
            manager,
            "padding_mask",
            manager.create(lengths),
            step.host().create((long) budget + registers));
  }

  /**
   * Makes the context of the decoder from the encoder's output: positions and modalities are added
   * a second time.
   *
   * @param encoded output of the encoder's blocks, (batch, registers + tokens, dim)
   * @param places position plus modality of the tokens, (batch, tokens, dim)
   */
  NDArray context(NDArray encoded, NDArray places, TensorScope step) {
    return context(encoded, places, encoder.config(), step);
  }

  /** As the other, where nothing is recorded for a backward pass. */
  NDArray unrecordedContext(NDArray encoded, NDArray places, TensorScope scope) {
    return context(encoded, places, encoder.unrecordedConfig(), scope);
  }

  private NDArray context(NDArray encoded, NDArray places, NDArray config, TensorScope step) {
    NDManager manager = step.manager();
    NDArray projected =
        Kernels.shared()
            .call(
                manager,
                "linear",
                norm(encoded, "encoder_norm", manager),
                parameters.get("decoder_proj_context.weight"),
                parameters.get("decoder_proj_context.bias"),
                config);
    NDArray added = places;
    if (hasRegisters()) {
      NDArray registers = step.host().create((long) recipe.registerTokens());
      added = Kernels.shared().call(manager, "prepend_zeros", places, registers);
    }
    return projected.add(added);
  }

  /** Additive mask of what a target does not attend to, (batch, 1, slots, slots). */
  NDArray targetMask(Batch batch, NDManager manager) {
    Shape shape = new Shape(batch.samples(), batch.targetBudget());
    NDArray group = manager.create(batch.group(recipe.decoderSeparate()), shape);
    NDArray end = manager.create(batch.end(recipe.decoderCausal()), shape);
    return Kernels.shared().call(manager, "target_mask", group, end);
  }

  /** Weight and bias of the decoder's last norm. */
  List<NDArray> decoderNorm() {
    return List.of(parameters.get("decoder_norm.weight"), parameters.get("decoder_norm.bias"));
  }

  boolean isCausal() {
    return recipe.decoderCausal();
  }

  int dim() {
    return recipe.dim();
  }

  /** Norm of the decoder's output, (batch * slots, dim). */
  NDArray decoded(NDArray output, NDManager manager) {
    return norm(output, "decoder_norm", manager).reshape(-1, recipe.dim());
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
}
