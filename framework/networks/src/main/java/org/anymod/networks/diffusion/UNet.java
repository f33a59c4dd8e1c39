package org.anymod.networks.diffusion;

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
 * The U-Net of Dhariwal and Nichol (arXiv 2105.05233) on patched pictures, with the condition as
 * further channels; tensor names are those of published tokenizer checkpoints.
 */
final class UNet implements DiffusionDecoder {

  /** Names and shapes of a U-Net's weights and the path through them, without the tensors. */
  static final class Plan {
    private final DecoderSettings settings;
    private final WeightPlan weights = new WeightPlan("decoder.");
    private final ConvPath path;

    /**
     * @param channels channels of the picture
     * @param latent channels of the condition
     */
    Plan(DecoderSettings settings, int channels, int latent) {
      this.settings = settings;
      int base = settings.channels();
      int pixels = channels * settings.patch() * settings.patch();
      weights.layer("time_embed.0", Start.FAN_IN, 4L * base, base);
      weights.layer("time_embed.2", Start.FAN_IN, 4L * base, 4L * base);
      path = new ConvPath(weights, ConvPath.Names.GUIDED, 4 * base, pixels + latent);
      down();
      path.residual("middle_block.0", path.width());
      path.attention("middle_block.1");
      path.residual("middle_block.2", path.width());
      up();
      weights.norm("out.0", path.width());
      weights.layer("out.2", Start.ZERO, pixels, path.width(), 3, 3);
    }

    private void down() {
      int base = settings.channels();
      path.convolution("input_blocks.0.0", base);
      path.keep();
      int index = 1;
      for (int level = 0; level < settings.mult().size(); level++) {
        for (int i = 0; i < settings.blocks(); i++) {
          String name = "input_blocks." + index++;
          path.residual(name + ".0", base * settings.mult().get(level));
          attend(name + ".1", level);
          path.keep();
        }
        if (level + 1 < settings.mult().size()) {
          path.halve("input_blocks." + index++ + ".0.op");
          path.keep();
        }
      }
    }

    private void up() {
      int index = 0;
      for (int level = settings.mult().size() - 1; level >= 0; level--) {
        for (int i = 0; i <= settings.blocks(); i++) {
          String name = "output_blocks." + index++;
          path.join();
          path.residual(name + ".0", settings.channels() * settings.mult().get(level));
          boolean attended = attend(name + ".1", level);
          if (level > 0 && i == settings.blocks()) {
            path.twice(name + (attended ? ".2" : ".1") + ".conv");
          }
        }
      }
    }

    private boolean attend(String name, int level) {
      boolean attended = settings.attention().contains(1 << level);
      if (attended) {
        path.attention(name);
      }
      return attended;
    }

    WeightPlan weights() {
      return weights;
    }

    ConvPath path() {
      return path;
    }
  }

  private final int multiple;
  private final List<NDArray> weights;
  private final NDArray steps;
  private final NDArray config;

  UNet(
      Plan plan,
      Parameters parameters,
      InitialValues init,
      Precision precision,
      NDManager manager) {
    DecoderSettings settings = plan.settings;
    this.multiple = settings.multiple();
    this.weights = plan.weights.create(parameters, init, TransformerKernel.none(manager));
    this.steps = plan.path.plan(manager);
    this.config =
        ConvPath.onHost(
            new long[] {settings.patch(), precision.code(), settings.channels()}, manager);
  }

  @Override
  public NDArray predict(DenoisingInput input, NDManager scope) {
    return Kernels.shared()
        .call(
            scope,
            "unet",
            input.noisy(),
            input.times(),
            input.condition(),
            input.dropped(),
            weights,
            steps,
            config);
  }

  @Override
  public int multiple() {
    return multiple;
  }

  @Override
  public int keys() {
    return 0;
  }
}
