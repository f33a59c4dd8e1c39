package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TransformerKernel;

/**
 * What encoder and decoder of a vision transformer have in common: positions, blocks, tanh layer.
 */
final class VitBlocks {
  private final String prefix;
  private final VitShape shape;

  VitBlocks(String prefix, VitShape shape) {
    this.prefix = prefix;
    this.shape = shape;
  }

  /** Adds the tensors; the position table has {@code grid} rows and columns. */
  void add(LayerParameters layers, int grid) {
    int dim = shape.dim();
    layers
        .parameters()
        .buffer(
            prefix + ".pos_emb",
            new Shape(1, dim, grid, grid),
            SinePositions.grid(dim, grid, grid));
    for (int i = 0; i < shape.depth(); i++) {
      String block = prefix + ".blocks." + i + ".";
      layers.norm(block + "norm1", dim);
      layers.linear(block + "attn.qkv", 3L * dim, dim);
      layers.linear(block + "attn.proj", dim, dim);
      layers.norm(block + "norm2", dim);
      layers.linear(block + "mlp.fc1", 4L * dim, dim);
      layers.linear(block + "mlp.fc2", dim, 4L * dim);
    }
    if (shape.postMlp()) {
      layers.norm(prefix + ".norm_mlp", dim);
      layers.linear(prefix + ".post_mlp.fc1", 4L * dim, dim);
      layers.linear(prefix + ".post_mlp.fc2", dim, 4L * dim);
    }
  }

  /** Tanh layer and blocks in kernel order. */
  List<NDArray> weights(Parameters parameters, NDArray none) {
    List<NDArray> weights = new ArrayList<>();
    for (String name : List.of("norm_mlp.", "post_mlp.fc1.", "post_mlp.fc2.")) {
      weights.add(parameters.getOr(prefix + "." + name + "weight", none));
      weights.add(parameters.getOr(prefix + "." + name + "bias", none));
    }
    weights.addAll(
        TransformerKernel.encoderWeights(parameters, prefix + ".blocks", shape.depth(), none));
    return weights;
  }

  NDArray config(NDManager manager, Precision precision) {
    return TransformerKernel.config(
        manager,
        shape.heads(),
        shape.depth(),
        false,
        TransformerKernel.Activation.GELU,
        false,
        precision);
  }
}
