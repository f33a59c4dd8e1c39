package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.anymod.torch.Kernels;

/** A multilayer perceptron from the numbers of a place to a vector. */
final class MlpEncoder implements LatentEncoder {
  private final MlpShape shape;
  private final Mlp mlp;

  MlpEncoder(MlpShape shape, int channels, LayerParameters layers, NDManager owner) {
    this.shape = shape;
    this.mlp = new Mlp("encoder", shape, channels, shape.width(), layers, owner);
  }

  @Override
  public int width() {
    return shape.width();
  }

  @Override
  public String form() {
    return shape.toString();
  }

  @Override
  public NDArray encode(NDArray input, NDManager scope) {
    return mlp.apply(Kernels.shared().call(scope, "places_first", input), scope);
  }
}
