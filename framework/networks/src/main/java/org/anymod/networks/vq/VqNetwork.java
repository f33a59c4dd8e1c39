package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TransformerKernel;

/**
 * Weights and passes of a ViT VQ-VAE; tensor names are those of published tokenizer checkpoints.
 */
final class VqNetwork {
  private static final String CODEBOOK = "quantize._codebook.";

  private final VqSettings settings;
  private final Parameters parameters;
  private final int patch;
  private final NDArray none;
  private final NDArray config;
  private final List<NDArray> encoder;
  private final List<NDArray> decoder;

  VqNetwork(
      VqSettings settings,
      int inputChannels,
      int outputChannels,
      int classCount,
      int grid,
      int patch,
      int codes,
      long seed,
      NDManager manager) {
    this.settings = settings;
    this.patch = patch;
    this.parameters = new Parameters(manager);
    this.none = TransformerKernel.none(manager);
    this.config =
        TransformerKernel.config(
            manager,
            settings.heads(),
            settings.depth(),
            false,
            TransformerKernel.Activation.GELU,
            false,
            Precision.defaultFor(manager.getDevice()));
    InitialValues init = new InitialValues(seed);
    if (classCount > 0) {
      long size = (long) classCount * settings.classWidth();
      weight(
          "cls_emb.weight",
          new Shape(classCount, settings.classWidth()),
          init.normal("cls_emb.weight", size, 0.02));
    }
    int dim = settings.dim();
    matrix(init, "encoder.proj", new Shape(dim, inputChannels, patch, patch));
    half(init, "encoder", grid);
    matrix(init, "quant_proj", new Shape(settings.latent(), dim, 1, 1));
    codebook(init, codes);
    matrix(init, "post_quant_proj", new Shape(dim, settings.latent(), 1, 1));
    half(init, "decoder", grid);
    matrix(init, "decoder.out_proj", new Shape((long) outputChannels * patch * patch, dim));
    this.encoder = encoderWeights();
    this.decoder = decoderWeights();
  }

  private void weight(String name, Shape shape, float[] values) {
    parameters.weight(name, shape, values);
  }

  private void matrix(InitialValues init, String name, Shape shape) {
    long out = shape.get(0);
    String weight = name + ".weight";
    int packed = name.endsWith("qkv") ? 3 : 1;
    weight(weight, shape, init.xavier(weight, out, shape.size() / out, packed));
    weight(name + ".bias", new Shape(out), InitialValues.constant(out, 0));
  }

  private void norm(String name) {
    int dim = settings.dim();
    weight(name + ".weight", new Shape(dim), InitialValues.constant(dim, 1));
    weight(name + ".bias", new Shape(dim), InitialValues.constant(dim, 0));
  }

  /** Positions, blocks and the tanh layer of encoder or decoder. */
  private void half(InitialValues init, String prefix, int grid) {
    int dim = settings.dim();
    parameters.buffer(
        prefix + ".pos_emb", new Shape(1, dim, grid, grid), SinePositions.grid(dim, grid, grid));
    for (int i = 0; i < settings.depth(); i++) {
      String block = prefix + ".blocks." + i + ".";
      norm(block + "norm1");
      matrix(init, block + "attn.qkv", new Shape(3L * dim, dim));
      matrix(init, block + "attn.proj", new Shape(dim, dim));
      norm(block + "norm2");
      matrix(init, block + "mlp.fc1", new Shape(4L * dim, dim));
      matrix(init, block + "mlp.fc2", new Shape(dim, 4L * dim));
    }
    if (settings.postMlp()) {
      norm(prefix + ".norm_mlp");
      matrix(init, prefix + ".post_mlp.fc1", new Shape(4L * dim, dim));
      matrix(init, prefix + ".post_mlp.fc2", new Shape(dim, 4L * dim));
    }
  }

  private void codebook(InitialValues init, int codes) {
    int latent = settings.latent();
    parameters.buffer(CODEBOOK + "initted", new Shape(1), new float[] {1});
    parameters.buffer(CODEBOOK + "cluster_size", new Shape(codes), new float[codes]);
    float[] rows = init.uniform(CODEBOOK + "embed", (long) codes * latent, Math.sqrt(6.0 / latent));
    for (int code = 0; code < codes; code++) {
      double sum = 0;
      for (int j = 0; j < latent; j++) {
        sum += (double) rows[code * latent + j] * rows[code * latent + j];
      }
      float length = (float) Math.max(Math.sqrt(sum), 1e-12);
      for (int j = 0; j < latent; j++) {
        rows[code * latent + j] /= length;
      }
    }
    parameters.buffer(CODEBOOK + "embed", new Shape(codes, latent), rows);
  }

  private List<NDArray> encoderWeights() {
    List<NDArray> weights = new ArrayList<>();
    add(weights, "encoder.proj.weight", "encoder.proj.bias", "encoder.pos_emb");
    addTanhLayer(weights, "encoder");
    add(weights, "quant_proj.weight", "quant_proj.bias");
    weights.addAll(
        TransformerKernel.encoderWeights(parameters, "encoder.blocks", settings.depth(), none));
    return weights;
  }

  private List<NDArray> decoderWeights() {
    List<NDArray> weights = new ArrayList<>();
    add(weights, "post_quant_proj.weight", "post_quant_proj.bias", "decoder.pos_emb");
    addTanhLayer(weights, "decoder");
    add(weights, "decoder.out_proj.weight", "decoder.out_proj.bias");
    weights.addAll(
        TransformerKernel.encoderWeights(parameters, "decoder.blocks", settings.depth(), none));
    return weights;
  }

  private void add(List<NDArray> weights, String... names) {
    for (String name : names) {
      weights.add(parameters.get(name));
    }
  }

  private void addTanhLayer(List<NDArray> weights, String prefix) {
    for (String name : List.of("norm_mlp.", "post_mlp.fc1.", "post_mlp.fc2.")) {
      weights.add(parameters.getOr(prefix + "." + name + "weight", none));
      weights.add(parameters.getOr(prefix + "." + name + "bias", none));
    }
  }

  Parameters parameters() {
    return parameters;
  }

  NDArray embed() {
    return parameters.get(CODEBOOK + "embed");
  }

  NDArray clusterSize() {
    return parameters.get(CODEBOOK + "cluster_size");
  }

  /**
   * Picture (batch, channels, height, width), or classes (batch, height, width), to latents (batch,
   * tokens, latent).
   */
  NDArray encode(NDArray input, boolean classes, NDManager scope) {
    Kernels kernels = Kernels.shared();
    NDArray picture =
        classes
            ? kernels.call(scope, "class_image", input, parameters.get("cls_emb.weight"))
            : input;
    return kernels.call(scope, "vit_encode", picture, encoder, config);
  }

  /** Latents (batch, tokens, latent) to the index of the nearest code, (batch * tokens). */
  NDArray codes(NDArray latents, NDManager scope) {
    return Kernels.shared()
        .call(scope, "cosine_codes", latents.reshape(-1, settings.latent()), embed());
  }

  /** Latents (batch, tokens, latent) of codes (batch * tokens). */
  NDArray lookup(NDArray codes, long batch, NDManager scope) {
    return Kernels.shared()
        .call(scope, "rows", embed(), codes)
        .reshape(batch, -1, settings.latent());
  }

  /** Latents (batch, rows * columns, latent) to the output (batch, channels, height, width). */
  NDArray decode(NDArray latents, int rows, int columns, NDManager scope) {
    NDArray grid = scope.create(new long[] {rows, columns, patch});
    NDArray onHost = grid.toDevice(ai.djl.Device.cpu(), false);
    return Kernels.shared().call(scope, "vit_decode", latents, decoder, onHost, config);
  }
}
