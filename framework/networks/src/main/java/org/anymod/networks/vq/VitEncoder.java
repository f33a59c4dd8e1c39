package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.anymod.networks.MatrixProduct;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TransformerKernel;

/** A vision transformer from pictures, or from feature maps with a patch of 1, to vectors. */
final class VitEncoder implements LatentEncoder {
  private final VitShape shape;
  private final String form;
  private final List<NDArray> weights = new ArrayList<>();
  private final NDArray config;

  VitEncoder(
      VitShape shape, int channels, int patch, int grid, LayerParameters layers, NDManager owner) {
    this.shape = shape;
    this.form = "%s, patch %d, positions %d x %d".formatted(shape, patch, grid, grid);
    VitBlocks blocks = new VitBlocks("encoder", shape);
    layers.linear("encoder.proj", shape.dim(), channels, patch, patch);
    blocks.add(layers, grid);
    Parameters parameters = layers.parameters();
    for (String name : List.of("encoder.proj.weight", "encoder.proj.bias", "encoder.pos_emb")) {
      weights.add(parameters.get(name));
    }
    weights.addAll(blocks.weights(parameters, TransformerKernel.none(owner)));
    this.config = blocks.config(owner, layers.precision());
  }

  @Override
  public int width() {
    return shape.dim();
  }

  @Override
  public String form() {
    return form;
  }

  /** Attention: queries with keys, and shares with values. */
  @Override
  public List<MatrixProduct> products(int places) {
    int width = shape.dim() / shape.heads();
    int times = shape.heads() * shape.depth();
    return List.of(
        new MatrixProduct(places, width, places, times),
        new MatrixProduct(places, places, width, times));
  }

  @Override
  public NDArray encode(NDArray input, NDManager scope) {
    return Kernels.shared().call(scope, "vit_encode", input, weights, config);
  }
}
