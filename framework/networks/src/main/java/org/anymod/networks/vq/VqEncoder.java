package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;

/**
 * The half of a tokenizer that makes tokens: encoder, projection to the latent width, quantizer. A
 * part for tokenizers with any decoder. Tensor names are those of published checkpoints.
 */
public final class VqEncoder {
  private final LatentEncoder encoder;
  private final Quantizer quantizer;
  private final QuantizerSettings settings;
  private final Parameters parameters;
  private final boolean classes;

  private VqEncoder(
      LatentEncoder encoder,
      QuantizerSettings settings,
      int codes,
      InitialValues init,
      Precision precision,
      Parameters parameters,
      NDManager owner) {
    this.encoder = encoder;
    this.settings = settings;
    this.parameters = parameters;
    this.classes = parameters.all().containsKey("cls_emb.weight");
    new LayerParameters(parameters, init, precision)
        .linear("quant_proj", settings.latent(), encoder.width(), 1, 1);
    this.quantizer = settings.create(codes, init, parameters, owner);
  }

  /**
   * What a vision transformer encodes.
   *
   * @param channels channels of the input, or width of a class embedding
   * @param classes number of classes of a class map; 0 for numbers
   * @param patch side of a patch; 1 for feature maps
   * @param grid rows and columns of the position table
   */
  public record Input(int channels, int classes, int patch, int grid) {}

  /**
   * Creates an encoder of pictures, feature maps or class maps.
   *
   * @param shape size of the transformer
   * @param input what it encodes
   * @param settings settings of the quantizer
   * @param codes codes of a codebook
   * @param seed seed of the weights
   * @param precision type of matrix products
   * @param parameters where tensors are added
   * @param owner owner of what is not saved
   * @return the encoder
   * @throws IllegalArgumentException if the number of codes is impossible for the quantizer
   */
  public static VqEncoder vit(
      VitShape shape,
      Input input,
      QuantizerSettings settings,
      int codes,
      long seed,
      Precision precision,
      Parameters parameters,
      NDManager owner) {
    InitialValues init = new InitialValues(seed);
    if (input.classes() > 0) {
      Shape table = new Shape(input.classes(), input.channels());
      parameters.weight("cls_emb.weight", table, init.normal("cls_emb.weight", table.size(), 0.02));
    }
    LatentEncoder encoder =
        new VitEncoder(
            shape,
            input.channels(),
            input.patch(),
            input.grid(),
            new LayerParameters(parameters, init, precision),
            owner);
    return new VqEncoder(encoder, settings, codes, init, precision, parameters, owner);
  }

  /**
   * Creates an encoder of vectors.
   *
   * @param shape size of the perceptron
   * @param channels width of a vector
   * @param settings settings of the quantizer
   * @param codes codes of a codebook
   * @param seed seed of the weights
   * @param precision type of matrix products
   * @param parameters where tensors are added
   * @param owner owner of what is not saved
   * @return the encoder
   * @throws IllegalArgumentException if the number of codes is impossible for the quantizer
   */
  public static VqEncoder mlp(
      MlpShape shape,
      int channels,
      QuantizerSettings settings,
      int codes,
      long seed,
      Precision precision,
      Parameters parameters,
      NDManager owner) {
    InitialValues init = new InitialValues(seed);
    LatentEncoder encoder =
        new MlpEncoder(shape, channels, new LayerParameters(parameters, init, precision), owner);
    return new VqEncoder(encoder, settings, codes, init, precision, parameters, owner);
  }

  /**
   * Returns the quantizer.
   *
   * @return the quantizer
   */
  public Quantizer quantizer() {
    return quantizer;
  }

  /**
   * Returns what decides ids besides the input and the tensors.
   *
   * @return construction of encoder and quantizer in words
   */
  public Map<String, String> traits() {
    return Map.of("encoder", encoder.form(), "quantizer", settings.form());
  }

  /**
   * Returns the matrix products of encoding one value, from the shapes of the weights.
   *
   * @param places latents of the value
   * @return the products
   */
  public List<MatrixProduct> products(int places) {
    List<MatrixProduct> products = new ArrayList<>();
    parameters
        .all()
        .forEach(
            (name, tensor) -> {
              Shape shape = tensor.getShape();
              boolean own = name.startsWith("encoder.") || name.startsWith("quant_proj.");
              if (own && name.endsWith(".weight") && shape.dimension() > 1) {
                int out = (int) shape.get(0);
                products.add(new MatrixProduct(places, (int) (shape.size() / out), out, 1));
              }
            });
    products.addAll(encoder.products(places));
    products.addAll(quantizer.products(places));
    return products;
  }

  /**
   * Encodes without quantising.
   *
   * @param input {@code (batch, channels, height, width)}, class numbers {@code (batch, height,
   *     width)}, or vectors {@code (batch, channels, places)}
   * @param scope owner of the result
   * @return features {@code (batch, places, encoder width)}
   */
  public NDArray features(NDArray input, NDManager scope) {
    NDArray picture =
        classes
            ? Kernels.shared().call(scope, "class_image", input, parameters.get("cls_emb.weight"))
            : input;
    return encoder.encode(picture, scope);
  }

  /**
   * Encodes to latents, not yet quantised.
   *
   * @param input as for {@link #features}
   * @param scope owner of the result
   * @return latents {@code (batch, places, latent)}
   */
  public NDArray latents(NDArray input, NDManager scope) {
    return Kernels.shared()
        .call(
            scope,
            "place_linear",
            features(input, scope),
            parameters.get("quant_proj.weight"),
            parameters.get("quant_proj.bias"));
  }

  /**
   * Encodes and quantises, without learning.
   *
   * @param input as for {@link #features}
   * @param scope owner of the results
   * @return quantised latents and ids
   */
  public Quantized encode(NDArray input, NDManager scope) {
    return quantizer.quantize(latents(input, scope), scope);
  }

  /**
   * Starts a codebook that waits for its first latents; does nothing otherwise.
   *
   * @param inputs as for {@link #features}, each batch of the first training step
   * @param random the only source of chance
   * @param scope owner of what is needed on the way
   */
  public void start(List<NDArray> inputs, RandomGenerator random, NDManager scope) {
    start(inputs, random, Peers.NONE, scope);
  }

  /**
   * Starts a codebook that waits for its first latents in the same way on all peers.
   *
   * @param inputs as for {@link #features}, each batch of the first training step
   * @param random the only source of chance, the same for all peers
   * @param peers who has the other parts of each batch
   * @param scope owner of what is needed on the way
   */
  public void start(List<NDArray> inputs, RandomGenerator random, Peers peers, NDManager scope) {
    if (quantizer.waits()) {
      Autograd.pause(
          () -> {
            List<NDArray> latents = inputs.stream().map(input -> latents(input, scope)).toList();
            quantizer.start(PeerRows.all(latents, peers, scope), random, scope);
            return latents;
          });
    }
  }

  /**
   * Encodes and quantises in training: gradients flow through. The codebook itself learns from the
   * result in {@link Quantizer#learn}.
   *
   * @param input as for {@link #features}
   * @param random the only source of chance
   * @param scope owner of the results
   * @return quantised latents, ids and the quantizer's loss
   */
  public Quantized train(NDArray input, RandomGenerator random, NDManager scope) {
    return train(input, random, Peers.NONE, scope);
  }

  /**
   * Encodes and quantises a part of a batch of which peers have the other parts.
   *
   * @param input as for {@link #features}
   * @param random the only source of chance, the same for all peers
   * @param peers who has the other parts
   * @param scope owner of the results
   * @return quantised latents, ids and the quantizer's loss
   */
  public Quantized train(NDArray input, RandomGenerator random, Peers peers, NDManager scope) {
    return quantizer.train(latents(input, scope), random, peers, scope);
  }

  /**
   * Arranges latents as a map.
   *
   * @param latents {@code (batch, rows * columns, latent)}
   * @param rows rows
   * @param columns columns
   * @return {@code (batch, latent, rows, columns)}
   */
  public static NDArray map(NDArray latents, int rows, int columns) {
    Shape shape = latents.getShape();
    return latents.swapAxes(1, 2).reshape(shape.get(0), shape.get(2), rows, columns);
  }
}
