package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TransformerKernel;

/**
 * A vision transformer from vectors to pictures, or to feature maps with a patch of 1, with two
 * ConvNeXt blocks (Liu et al., 2022) after it if asked for.
 */
final class VitDecoder implements LatentDecoder {
  private static final int CONVOLUTIONS = 2;

  private final VitShape shape;
  private final int patch;
  private final List<NDArray> weights = new ArrayList<>();
  private final List<List<NDArray>> convolutions = new ArrayList<>();
  private final NDArray config;

  VitDecoder(
      VitShape shape,
      int channels,
      int patch,
      int grid,
      boolean outConv,
      LayerParameters layers,
      NDManager owner) {
    this.shape = shape;
    this.patch = patch;
    VitBlocks blocks = new VitBlocks("decoder", shape);
    blocks.add(layers, grid);
    layers.linear("decoder.out_proj", (long) channels * patch * patch, shape.dim());
    Parameters parameters = layers.parameters();
    for (String name :
        List.of("decoder.pos_emb", "decoder.out_proj.weight", "decoder.out_proj.bias")) {
      weights.add(parameters.get(name));
    }
    weights.addAll(blocks.weights(parameters, TransformerKernel.none(owner)));
    this.config = blocks.config(owner, layers.precision());
    for (int i = 0; outConv && i < CONVOLUTIONS; i++) {
      convolutions.add(convolution("decoder.out_conv." + i + ".", channels, layers));
    }
  }

  private static List<NDArray> convolution(String prefix, int channels, LayerParameters layers) {
    Parameters parameters = layers.parameters();
    List<NDArray> weights = new ArrayList<>();
    // So small that a fresh block changes next to nothing.
    weights.add(
        parameters.weight(
            prefix + "gamma", new Shape(channels), InitialValues.constant(channels, 1e-6f)));
    layers.linear(prefix + "dwconv", channels, 1, 7, 7);
    layers.norm(prefix + "norm", channels);
    layers.linear(prefix + "pwconv1", 4L * channels, channels);
    layers.linear(prefix + "pwconv2", channels, 4L * channels);
    for (String name : List.of("dwconv", "norm", "pwconv1", "pwconv2")) {
      weights.add(parameters.get(prefix + name + ".weight"));
      weights.add(parameters.get(prefix + name + ".bias"));
    }
    return weights;
  }

  @Override
  public int width() {
    return shape.dim();
  }

  @Override
  public NDArray decode(NDArray features, int rows, int columns, NDManager scope) {
    NDArray grid = HostNumbers.whole(scope, rows, columns, patch);
    Kernels kernels = Kernels.shared();
    NDArray picture = kernels.call(scope, "vit_decode", features, weights, grid, config);
    for (List<NDArray> block : convolutions) {
      picture = kernels.call(scope, "convnext_block", picture, block);
    }
    return picture;
  }
}
