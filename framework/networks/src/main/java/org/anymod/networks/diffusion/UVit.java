package org.anymod.networks.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.anymod.networks.diffusion.WeightPlan.Start;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TransformerKernel;

/**
 * A U-Net with a transformer in its middle (Hoogeboom et al., arXiv 2301.11093). Names of the
 * convolutional half follow widespread diffusion libraries; there are no published weights, so
 * those of the middle are this project's.
 */
final class UVit implements DiffusionDecoder {
  private static final int TIME_FEATURES = 128;
  private static final int TIME_WIDTH = 512;
  private static final int TABLE = 32;

  /** Names and shapes of a UViT's weights and the paths through them, without the tensors. */
  static final class Plan {
    private final DecoderSettings settings;
    private final DecoderSettings.Middle middle;
    private final WeightPlan downWeights = new WeightPlan("decoder.");
    private final WeightPlan middleWeights = new WeightPlan("decoder.mid_block.");
    private final WeightPlan upWeights = new WeightPlan("decoder.");
    private final ConvPath down;
    private final ConvPath up;

    /**
     * @param channels channels of the picture
     * @param latent channels of the condition
     */
    Plan(DecoderSettings settings, int channels, int latent) {
      this.settings = settings;
      this.middle = settings.transformer().orElseThrow();
      int patch = settings.patch();
      int base = settings.channels();
      downWeights.layer("conv_in", Start.XAVIER, base, channels, patch, patch);
      downWeights.layer("time_embedding.linear_1", Start.XAVIER, TIME_WIDTH, TIME_FEATURES);
      downWeights.layer("time_embedding.linear_2", Start.XAVIER, TIME_WIDTH, TIME_WIDTH);
      down = new ConvPath(downWeights, ConvPath.Names.RESNET, TIME_WIDTH, base);
      down();
      middle(latent);
      up = new ConvPath(upWeights, ConvPath.Names.RESNET, TIME_WIDTH, down.width(), down.kept());
      up();
      upWeights.norm("conv_norm_out", up.width());
      // A transposed convolution: its weight has the inputs first.
      int pixels = channels * patch * patch;
      upWeights.add("conv_out.weight", Start.XAVIER, pixels, up.width(), channels, patch, patch);
      upWeights.add("conv_out.bias", Start.ZERO, pixels, channels);
    }

    private void down() {
      down.keep();
      int levels = settings.mult().size();
      for (int level = 0; level < levels; level++) {
        String block = "down_blocks." + level + ".";
        for (int i = 0; i < settings.blocks(); i++) {
          down.residual(block + "resnets." + i, width(level));
          down.keep();
        }
        if (level + 1 < levels) {
          down.halve(block + "downsamplers.0.conv");
          down.keep();
        }
      }
      if (middle.halved()) {
        down.halve("mid_block.downsample.conv");
      }
    }

    private void up() {
      if (middle.halved()) {
        up.twice("mid_block.upsample.conv");
      }
      int levels = settings.mult().size();
      for (int i = 0; i < levels; i++) {
        String block = "up_blocks." + i + ".";
        for (int j = 0; j <= settings.blocks(); j++) {
          up.join();
          up.residual(block + "resnets." + j, width(levels - 1 - i));
        }
        if (i + 1 < levels) {
          up.twice(block + "upsamplers.0.conv");
        }
      }
    }

    private int width(int level) {
      return settings.channels() * settings.mult().get(level);
    }

    private void middle(int latent) {
      int dim = middle.dim();
      int width = down.width();
      middleWeights.layer("proj_in", Start.XAVIER, dim, width);
      if (middle.crossed()) {
        middleWeights.absent(3);
      } else {
        middleWeights.layer("cond_proj", Start.XAVIER, dim, latent);
        middleWeights.add("mask_token", Start.NORMAL, dim, 1, 1, dim);
      }
      middleWeights.add("pos_emb", Start.POSITIONS, dim, 1, dim, TABLE, TABLE);
      middleWeights.layer("proj_out", Start.XAVIER, width, dim);
      for (int i = 0; i < middle.depth(); i++) {
        block("blocks." + i + ".", latent);
        if (middle.skips() && i >= middle.depth() - middle.depth() / 2) {
          middleWeights.layer("blocks." + i + ".skip_linear", Start.XAVIER, dim, 2L * dim);
        } else {
          middleWeights.absent(2);
        }
      }
    }

    private void block(String name, int latent) {
      int dim = middle.dim();
      int parts = middle.crossed() ? 3 : 2;
      middleWeights.layer(name + "adaLN_modulation", Start.XAVIER, 2L * parts * dim, TIME_WIDTH);
      middleWeights.layer(name + "adaLN_gate", Start.ZERO, (long) parts * dim, TIME_WIDTH);
      middleWeights.norm(name + "norm1", dim);
      middleWeights.layer(name + "attn.qkv", Start.XAVIER, 3L * dim, dim);
      middleWeights.layer(name + "attn.proj", Start.XAVIER, dim, dim);
      middleWeights.absent(4);
      if (middle.crossed()) {
        middleWeights.norm(name + "cross_norm", dim);
        middleWeights.layer(name + "cross_attn.q", Start.XAVIER, dim, dim);
        middleWeights.layer(name + "cross_attn.kv", Start.XAVIER, 2L * dim, latent);
        middleWeights.layer(name + "cross_attn.proj", Start.XAVIER, dim, dim);
        middleWeights.absent(4);
      } else {
        middleWeights.absent(12);
      }
      middleWeights.norm(name + "norm2", dim);
      middleWeights.layer(name + "mlp.fc1", Start.XAVIER, 4L * dim, dim);
      middleWeights.absent(2);
      middleWeights.layer(name + "mlp.fc2", Start.XAVIER, dim, 4L * dim);
    }

    /** All weights in three lists: way down, middle, way up. */
    List<WeightPlan> weights() {
      return List.of(downWeights, middleWeights, upWeights);
    }
  }

  private final Plan plan;
  private final List<List<NDArray>> weights;
  private final NDArray downSteps;
  private final NDArray upSteps;
  private final NDArray config;
  private final NDArray block;
  private final NDArray rate;

  UVit(
      Plan plan,
      Parameters parameters,
      InitialValues init,
      Precision precision,
      NDManager manager) {
    this.plan = plan;
    NDArray none = TransformerKernel.none(manager);
    this.weights =
        plan.weights().stream().map(part -> part.create(parameters, init, none)).toList();
    this.downSteps = plan.down.plan(manager);
    this.upSteps = plan.up.plan(manager);
    DecoderSettings.Middle middle = plan.middle;
    this.config =
        ConvPath.onHost(
            new long[] {
              plan.settings.patch(),
              precision.code(),
              TIME_FEATURES,
              middle.crossed() ? 1 : 0,
              middle.skips() ? 1 : 0
            },
            manager);
    this.block =
        TransformerKernel.config(
            manager,
            middle.heads(),
            middle.depth(),
            false,
            TransformerKernel.Activation.GELU,
            false,
            precision);
    NDArray share = manager.create(middle.dropout());
    this.rate = share.getDevice().isGpu() ? share.toDevice(Device.cpu(), false) : share;
  }

  @Override
  public NDArray predict(DenoisingInput input, NDManager scope) {
    return Kernels.shared()
        .call(
            scope,
            "uvit",
            input.noisy(),
            input.times(),
            input.condition(),
            input.dropped(),
            weights.get(0),
            weights.get(1),
            weights.get(2),
            downSteps,
            upSteps,
            config,
            block,
            input.keys(),
            rate);
  }

  @Override
  public int multiple() {
    return plan.settings.multiple();
  }

  @Override
  public int keys() {
    return plan.middle.dropout() > 0 ? 3 * plan.middle.depth() : 0;
  }
}
