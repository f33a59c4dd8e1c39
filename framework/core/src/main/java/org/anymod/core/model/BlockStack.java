package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/** A stack of transformer blocks, computed in one call or block by block. */
final class BlockStack {
  private final String kernel;
  private final List<NDArray> weights;
  private final int layers;
  private final NDArray wholeConfig;
  private final NDArray blockConfig;
  private final NDArray unrecordedConfig;
  private WeightAdapter adapter = WeightAdapter.NONE;

  /**
   * Creates a stack.
   *
   * @param kernel kernel that takes tokens, other tensors, drop path factors, weights and
   *     configuration
   * @param weights weights of all blocks in kernel order
   * @param layers number of blocks
   * @param wholeConfig configuration of all blocks
   * @param blockConfig configuration of one block
   * @param unrecordedConfig configuration of all blocks where nothing is recorded
   */
  BlockStack(
      String kernel,
      List<NDArray> weights,
      int layers,
      NDArray wholeConfig,
      NDArray blockConfig,
      NDArray unrecordedConfig) {
    this.kernel = kernel;
    this.weights = weights;
    this.layers = layers;
    this.wholeConfig = wholeConfig;
    this.blockConfig = blockConfig;
    this.unrecordedConfig = unrecordedConfig;
  }

  void adapt(WeightAdapter other) {
    this.adapter = other;
  }

  NDArray config() {
    return wholeConfig;
  }

  /** Configuration for calls that record nothing for a backward pass. */
  NDArray unrecordedConfig() {
    return unrecordedConfig;
  }

  /** Runs all blocks on tokens (batch, tokens, dim), with nothing recorded for a backward pass. */
  NDArray infer(NDArray x, List<NDArray> others, NDManager manager) {
    NDArray drop = DropPath.Factors.NONE.all(manager);
    return call(x, others, drop, weights, unrecordedConfig, manager);
  }

  /** Runs all blocks on tokens (batch, tokens, dim). */
  NDArray forward(NDArray x, List<NDArray> others, DropPath.Factors drop, NDManager manager) {
    return call(x, others, drop.all(manager), weights, wholeConfig, manager);
  }

  /**
   * Runs all blocks without recording.
   *
   * @return the input of each block, followed by the output of the last
   */
  List<NDArray> forwardKeepingInputs(
      NDArray x, List<NDArray> others, DropPath.Factors drop, TensorScope scope) {
    List<NDArray> kept = new ArrayList<>();
    kept.add(Autograd.leaf(x, scope.manager()));
    for (int i = 0; i < layers; i++) {
      NDArray input = kept.get(i);
      int layer = i;
      try (TensorScope block = scope.open()) {
        NDArray output = Autograd.pause(() -> block(layer, input, others, drop, block));
        kept.add(Autograd.leaf(output, scope.manager()));
      }
    }
    return kept;
  }

  /**
   * Sends a gradient back through all blocks, computing each of them again; closes what was kept.
   * Gradients of weights and of {@code others} gather where they belong.
   *
   * @param kept what {@link #forwardKeepingInputs} returned
   * @param gradient gradient with respect to the output
   * @return gradient with respect to the input
   */
  NDArray backward(
      List<NDArray> kept,
      List<NDArray> others,
      DropPath.Factors drop,
      NDArray gradient,
      TensorScope scope) {
    NDArray arriving = gradient;
    for (int i = layers - 1; i >= 0; i--) {
      kept.get(i + 1).close();
      NDArray input = kept.get(i);
      int layer = i;
      try (TensorScope block = scope.open()) {
        NDArray output = Autograd.record(() -> block(layer, input, others, drop, block));
        Autograd.backward(output, arriving);
      }
      arriving.close();
      arriving = Autograd.gradient(input, scope.manager());
    }
    kept.get(0).close();
    return arriving;
  }

  /** The weights of all blocks as they are used, which an adapter may have changed. */
  List<NDArray> weights(NDManager manager) {
    return adapter.adapt(weights, manager);
  }

  private NDArray block(
      int layer, NDArray x, List<NDArray> others, DropPath.Factors drop, TensorScope scope) {
    int size = weights.size() / layers;
    List<NDArray> own = weights.subList(layer * size, (layer + 1) * size);
    NDManager manager = scope.manager();
    return call(x, others, drop.layer(layer, manager), own, blockConfig, manager);
  }

  private NDArray call(
      NDArray x,
      List<NDArray> others,
      NDArray drop,
      List<NDArray> stored,
      NDArray config,
      NDManager manager) {
    Object[] arguments =
        Stream.of(
                Stream.of(x),
                others.stream(),
                Stream.of(drop, adapter.adapt(stored, manager), config))
            .flatMap(s -> s)
            .toArray();
    return Kernels.shared().call(manager, kernel, arguments);
  }
}
