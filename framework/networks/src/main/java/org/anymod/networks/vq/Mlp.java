package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/** A multilayer perceptron at every place. */
final class Mlp {
  private final String kernel;
  private final List<NDArray> weights = new ArrayList<>();
  private final NDArray compute;

  Mlp(String prefix, MlpShape shape, int in, int out, LayerParameters layers, NDManager owner) {
    this.kernel = shape.bottleneck() ? "bottleneck_mlp" : "plain_mlp";
    this.compute = HostNumbers.whole(owner, layers.precision().code());
    int width = shape.width();
    layers.linear(prefix + ".linear_in", width, in);
    layers.linear(prefix + ".linear_out", out, width);
    List<String> names = new ArrayList<>(List.of(prefix + ".linear_in", prefix + ".linear_out"));
    int count = shape.bottleneck() ? shape.blocks() : shape.blocks() - 1;
    for (int i = 0; i < count; i++) {
      String norm = prefix + ".layernorms." + i;
      layers.norm(norm, width);
      names.add(norm);
      if (shape.bottleneck()) {
        String block = prefix + ".blocks." + i + ".block.";
        long wide = (long) width * shape.expansion();
        layers.linear(block + "0", wide, width);
        layers.linear(block + "2", width, wide);
        names.addAll(List.of(block + "0", block + "2"));
      } else {
        layers.linear(prefix + ".layers." + i, width, width);
        names.add(prefix + ".layers." + i);
      }
    }
    Parameters parameters = layers.parameters();
    for (String name : names) {
      weights.add(parameters.get(name + ".weight"));
      weights.add(parameters.get(name + ".bias"));
    }
  }

  /** Vectors (batch, places, in) to vectors (batch, places, out). */
  NDArray apply(NDArray vectors, NDManager scope) {
    return Kernels.shared().call(scope, kernel, vectors, weights, compute);
  }
}
