package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.anymod.torch.Kernels;

/** A multilayer perceptron from a vector to the numbers of its place. */
final class MlpDecoder implements LatentDecoder {
  private final MlpShape shape;
  private final Mlp mlp;

  MlpDecoder(MlpShape shape, int channels, LayerParameters layers, NDManager owner) {
    this.shape = shape;
    this.mlp = new Mlp("decoder", shape, shape.width(), channels, layers, owner);
  }

  @Override
  public int width() {
    return shape.width();
  }

  /** Returns values {@code (batch, channels, places)}. */
  @Override
  public NDArray decode(NDArray features, int rows, int columns, NDManager scope) {
    return Kernels.shared().call(scope, "places_first", mlp.apply(features, scope));
  }
}
