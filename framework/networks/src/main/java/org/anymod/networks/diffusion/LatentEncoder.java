package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.networks.diffusion.WeightPlan.Start;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TransformerKernel;

/**
 * The half that makes tokens: a vision transformer, a projection to latents and a codebook compared
 * by cosine. Tensor names are those of published tokenizer checkpoints.
 */
final class LatentEncoder {
  private static final String CODEBOOK = "quantize._codebook.";

  private final EncoderSettings settings;
  private final Parameters parameters;
  private final List<NDArray> weights;
  private final NDArray config;

  /** Sizes that come from the modality: channels, side of a patch, rows of the grid, codes. */
  record Geometry(int channels, int patch, int grid, int codes) {}

  /** Latents (count, width) and what became of them: loss of shape (), hits of each code. */
  record Trained(NDArray quantized, NDArray loss, NDArray hits, int dead) {}

  LatentEncoder(
      EncoderSettings settings,
      Geometry geometry,
      Parameters parameters,
      InitialValues init,
      NDManager manager) {
    this.settings = settings;
    this.parameters = parameters;
    NDArray none = TransformerKernel.none(manager);
    int dim = settings.dim();
    int grid = settings.positionGrid() > 0 ? settings.positionGrid() : geometry.grid();
    WeightPlan plan = new WeightPlan("");
    plan.layer(
        "encoder.proj", Start.XAVIER, dim, geometry.channels(), geometry.patch(), geometry.patch());
    plan.add("encoder.pos_emb", Start.POSITIONS, dim, 1, dim, grid, grid);
    if (settings.postMlp()) {
      plan.norm("encoder.norm_mlp", dim);
      plan.layer("encoder.post_mlp.fc1", Start.XAVIER, 4L * dim, dim);
      plan.layer("encoder.post_mlp.fc2", Start.XAVIER, dim, 4L * dim);
    } else {
      plan.absent(6);
    }
    plan.layer("quant_proj", Start.XAVIER, settings.latent(), dim, 1, 1);
    this.weights = new ArrayList<>(plan.create(parameters, init, none));
    blocks().create(parameters, init, none);
    weights.addAll(
        TransformerKernel.encoderWeights(parameters, "encoder.blocks", settings.depth(), none));
    codebook(init, geometry.codes());
    this.config =
        TransformerKernel.config(
            manager,
            settings.heads(),
            settings.depth(),
            false,
            TransformerKernel.Activation.GELU,
            false,
            Precision.defaultFor(manager.getDevice()));
  }

  private WeightPlan blocks() {
    long dim = settings.dim();
    WeightPlan plan = new WeightPlan("encoder.blocks.");
    for (int i = 0; i < settings.depth(); i++) {
      plan.norm(i + ".norm1", dim);
      plan.layer(i + ".attn.qkv", Start.XAVIER, 3 * dim, dim);
      plan.layer(i + ".attn.proj", Start.XAVIER, dim, dim);
      plan.norm(i + ".norm2", dim);
      plan.layer(i + ".mlp.fc1", Start.XAVIER, 4 * dim, dim);
      plan.layer(i + ".mlp.fc2", Start.XAVIER, dim, 4 * dim);
    }
    return plan;
  }

  private void codebook(InitialValues init, int codes) {
    WeightPlan plan = new WeightPlan(CODEBOOK);
    plan.add("embed", Start.UNIT_ROWS, settings.latent(), codes, settings.latent());
    plan.add("cluster_size", Start.ZERO_BUFFER, codes, codes);
    plan.add("initted", Start.ONE_BUFFER, 1, 1);
    plan.create(parameters, init, parameters.get("encoder.pos_emb"));
  }

  /** Whether a tensor of this name belongs to this half. */
  static boolean owns(String name) {
    return !name.startsWith("decoder.");
  }

  private NDArray embed() {
    return parameters.get(CODEBOOK + "embed");
  }

  private NDArray clusterSize() {
    return parameters.get(CODEBOOK + "cluster_size");
  }

  /** Pictures (batch, channels, height, width) to latents (batch * places, latent). */
  NDArray latents(NDArray pictures, NDManager scope) {
    return Kernels.shared()
        .call(scope, "latents_of", pictures, weights, config)
        .reshape(-1, settings.latent());
  }

  /** Latents (count, latent) to codes (count). */
  NDArray codes(NDArray latents, NDManager scope) {
    return Kernels.shared().call(scope, "cosine_codes", latents, embed());
  }

  /** Codes (count) to latents (count, latent). */
  NDArray lookup(NDArray codes, NDManager scope) {
    return Kernels.shared().call(scope, "rows", embed(), codes);
  }

  /** Latents (batch * rows * columns, latent) to a map (batch, latent, rows, columns). */
  NDArray map(NDArray latents, long batch, int rows, NDManager scope) {
    NDArray tokens = latents.reshape(batch, -1, settings.latent());
    NDArray onHost = ConvPath.onHost(new long[] {rows}, scope);
    return Kernels.shared().call(scope, "latent_map", tokens, onHost);
  }

  /**
   * Quantises in training: gradients flow through to the encoder unless it is frozen, and the
   * codebook follows the latents.
   */
  Trained train(NDArray pictures, RandomGenerator random, NDManager scope) {
    if (settings.frozen()) {
      return Autograd.pause(
          () -> {
            NDArray codes = codes(latents(pictures, scope), scope);
            NDArray hits = codes.oneHot((int) embed().getShape().get(0)).sum(new int[] {0});
            return new Trained(lookup(codes, scope), scope.create(0f), hits, 0);
          });
    }
    Kernels kernels = Kernels.shared();
    NDArray latents = latents(pictures, scope);
    NDArray plain = latents.stopGradient();
    NDArray codes = codes(plain, scope);
    NDArray quantized = lookup(codes, scope);
    NDArray through = kernels.call(scope, "straight_through", latents, quantized);
    NDArray loss =
        kernels.call(scope, "commitment", latents, quantized).mul((float) settings.commitment());
    return Autograd.pause(() -> follow(through, loss, plain, codes, random, scope));
  }

  private Trained follow(
      NDArray through,
      NDArray loss,
      NDArray latents,
      NDArray codes,
      RandomGenerator random,
      NDManager scope) {
    NDArray decay = hostNumber(settings.decay(), scope);
    NDArray hits =
        Kernels.shared().call(scope, "codes_follow", embed(), clusterSize(), latents, codes, decay);
    return new Trained(through, loss, hits, revive(latents, random, scope));
  }

  /** Moves dead codes to random latents of the batch; returns how many there were. */
  private int revive(NDArray latents, RandomGenerator random, NDManager scope) {
    float[] sizes = clusterSize().toFloatArray();
    int count = (int) latents.getShape().get(0);
    double share = (double) count / sizes.length;
    List<Long> dead = new ArrayList<>();
    for (int code = 0; code < sizes.length; code++) {
      if (sizes[code] < share / settings.deadCode()) {
        dead.add((long) code);
      }
    }
    if (!dead.isEmpty()) {
      long[] codes = dead.stream().mapToLong(Long::longValue).toArray();
      long[] rows = random.longs(codes.length, 0, count).toArray();
      Kernels.shared()
          .call(
              scope,
              "codes_revive",
              embed(),
              clusterSize(),
              latents,
              scope.create(codes),
              scope.create(rows),
              hostNumber(share, scope));
    }
    return dead.size();
  }

  private static NDArray hostNumber(double number, NDManager scope) {
    NDArray tensor = scope.create(number);
    return tensor.getDevice().isGpu() ? tensor.toDevice(ai.djl.Device.cpu(), false) : tensor;
  }
}
