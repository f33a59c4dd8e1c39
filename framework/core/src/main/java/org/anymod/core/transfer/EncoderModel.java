package org.anymod.core.transfer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.EncoderTensors;
import org.anymod.core.model.WeightAdapter;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * The encoder of an any-to-any model as a vision transformer of its own: it sees all patches of one
 * picture and nothing else (arXiv 2312.06647, section 4: transfer). Tensors have the names of the
 * any-to-any model, so that {@link #load} takes them from its checkpoints.
 */
public final class EncoderModel implements AutoCloseable {
  private final ModelRecipe recipe;
  private final Declaration input;
  private final Kind.PixelPatches kind;
  private final int registers;
  private final boolean norm;
  private final TensorScope scope;
  private final Parameters parameters;
  private final List<NDArray> weights;
  private final NDArray none;
  private final NDArray config;
  private WeightAdapter adapter = WeightAdapter.NONE;

  /**
   * Creates a model with fresh weights, for a grid of any size.
   *
   * @param recipe sizes of the encoder; those of the decoder are not used
   * @param input the modality to read, of the kind pixel patches
   * @param registers number of trained tokens before the patches, which may carry what concerns the
   *     whole picture; 0 for none, as in the published models
   * @param norm whether there is a norm after the last block, as in the published models
   * @param seed seed of the weights
   * @param device where it lives
   * @param precision type of matrix products
   * @throws IllegalArgumentException if the modality is of another kind or registers are negative
   */
  public EncoderModel(
      ModelRecipe recipe,
      Declaration input,
      int registers,
      boolean norm,
      long seed,
      Device device,
      Precision precision) {
    this.kind = pixels(input);
    if (registers < 0) {
      throw new IllegalArgumentException("registers is " + registers + ", must be at least 0");
    }
    this.recipe = recipe;
    this.input = input;
    this.registers = registers;
    this.norm = norm;
    this.scope = TensorScope.on(device);
    NDManager manager = scope.manager();
    this.parameters = EncoderTensors.create(recipe, input, registers, norm, seed, manager);
    this.none = TransformerKernel.none(manager);
    this.weights =
        TransformerKernel.encoderWeights(parameters, "encoder", recipe.encoderLayers(), none);
    this.config =
        TransformerKernel.config(
            manager,
            recipe.heads(),
            recipe.encoderLayers(),
            recipe.gated(),
            recipe.gated() ? TransformerKernel.Activation.SILU : TransformerKernel.Activation.GELU,
            recipe.qkNorm(),
            precision);
  }

  private static Kind.PixelPatches pixels(Declaration input) {
    if (input.kind() instanceof Kind.PixelPatches pixels) {
      return pixels;
    }
    throw new IllegalArgumentException(
        input.key()
            + " is of the kind "
            + input.kind().getClass().getSimpleName()
            + ", an encoder-only model reads pixel patches");
  }

  /**
   * Returns the tensors of the model, those of a head included once it is there.
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
   * Returns the modality that is read.
   *
   * @return the declaration
   */
  public Declaration input() {
    return input;
  }

  /**
   * Returns the sizes of the pictures that are read.
   *
   * @return channels, height, width and patch
   */
  public Kind.PixelPatches kind() {
    return kind;
  }

  /**
   * Returns the width of a token.
   *
   * @return dim
   */
  public int dim() {
    return recipe.dim();
  }

  /**
   * Returns the number of tokens before the patches.
   *
   * @return number of registers
   */
  public int registers() {
    return registers;
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
   * Takes tensors from a checkpoint by name, as far as names fit: what only an any-to-any model has
   * is left aside, what only this model has keeps its values.
   *
   * @param checkpoint names and tensors, of an any-to-any or an encoder-only model
   * @param from key that the picture modality has in the checkpoint; it may differ where the
   *     picture has another size
   * @param positions what becomes of positions of another grid
   * @return which tensors were taken and which were not
   * @throws IllegalArgumentException if a tensor of the same name has another shape, or none fits;
   *     nothing is changed then
   */
  public TransferReport load(Map<String, NDArray> checkpoint, String from, Positions positions) {
    return new WeightTransfer(parameters, input.key(), kind, from, positions).run(checkpoint);
  }

  /**
   * Puts pictures into one tensor.
   *
   * @param pictures scaled pixels of each picture in channel, row, column order
   * @param step scope of the result
   * @return (batch, channels, height, width)
   * @throws IllegalArgumentException if a picture has another number of values
   */
  public NDArray pictures(List<float[]> pictures, TensorScope step) {
    int size = kind.channels() * kind.height() * kind.width();
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(size, pictures.size()));
    for (float[] picture : pictures) {
      if (picture.length != size) {
        throw new IllegalArgumentException(
            "a picture has " + picture.length + " values, must have " + size + " as " + kind);
      }
      all.put(picture);
    }
    Shape shape = new Shape(pictures.size(), kind.channels(), kind.height(), kind.width());
    return step.manager().create(all.flip(), shape, DataType.FLOAT32);
  }

  /**
   * Runs the encoder. Call inside {@code Autograd.record} to train.
   *
   * @param pictures scaled pixels, (batch, channels, height, width)
   * @param step scope of the result
   * @return registers, then patches in row-major order: (batch, registers + patches, dim)
   * @throws IllegalArgumentException if pictures have another shape
   */
  public NDArray encode(NDArray pictures, TensorScope step) {
    checkShape(pictures.getShape());
    NDManager manager = step.manager();
    Kernels kernels = Kernels.shared();
    String prefix = EncoderTensors.prefix(input.key());
    NDArray patches =
        kernels.call(manager, "cut_patches", pictures, Numbers.of(manager, kind.patch()));
    NDArray x =
        kernels.call(
            manager, "linear", patches, parameters.get(prefix + "proj.weight"), none, config);
    NDArray places = parameters.get(prefix + "pos_emb");
    x = kernels.call(manager, "add_places", x, places, parameters.get(prefix + "mod_emb"));
    if (registers > 0) {
      x = kernels.call(manager, "prepend", parameters.get("register_tokens"), x);
    }
    x = kernels.call(manager, "encoder", x, none, adapter.adapt(weights, manager), config);
    return norm ? norm(x, manager) : x;
  }

  private NDArray norm(NDArray x, NDManager manager) {
    NDArray weight = parameters.get("encoder_norm.weight");
    NDArray bias = parameters.get("encoder_norm.bias");
    return Kernels.shared().call(manager, "layer_norm", x, weight, bias);
  }

  private void checkShape(Shape shape) {
    Shape wanted = new Shape(kind.channels(), kind.height(), kind.width());
    if (shape.dimension() != 4 || !shape.slice(1).equals(wanted)) {
      throw new IllegalArgumentException(
          "pictures have shape " + shape + ", must have (batch, channels, height, width) " + kind);
    }
  }

  /** The numbers that linear layers compute with. */
  NDArray config() {
    return config;
  }

  /** The stand-in for a weight that is not there. */
  NDArray none() {
    return none;
  }

  @Override
  public void close() {
    scope.close();
  }
}
