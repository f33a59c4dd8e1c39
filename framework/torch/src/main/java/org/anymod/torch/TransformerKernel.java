package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Order in which the transformer kernels take the weights of a block, by name, and their
 * configuration tensor.
 */
public final class TransformerKernel {
  private static final List<String> ATTENTION =
      List.of(
          "qkv.weight",
          "qkv.bias",
          "proj.weight",
          "proj.bias",
          "q_norm.weight",
          "q_norm.bias",
          "k_norm.weight",
          "k_norm.bias");
  private static final List<String> CROSS_ATTENTION =
      List.of(
          "q.weight",
          "q.bias",
          "kv.weight",
          "kv.bias",
          "proj.weight",
          "proj.bias",
          "q_norm.weight",
          "q_norm.bias",
          "k_norm.weight",
          "k_norm.bias");
  private static final List<String> FEED_FORWARD =
      List.of("fc1.weight", "fc1.bias", "fc3.weight", "fc3.bias", "fc2.weight", "fc2.bias");
  private static final List<String> NORM = List.of("weight", "bias");

  private TransformerKernel() {}

  /** Activation of a feed-forward layer. */
  public enum Activation {
    /** Exact Gaussian error linear unit. */
    GELU,
    /** Sigmoid linear unit. */
    SILU
  }

  /**
   * Returns the weights of encoder blocks in kernel order.
   *
   * @param parameters all tensors of the network
   * @param prefix what stands before the number of a block, such as {@code encoder}
   * @param layers number of blocks
   * @param none a tensor without elements, for weights that the network does not have
   * @return 18 tensors a block
   */
  public static List<NDArray> encoderWeights(
      Parameters parameters, String prefix, int layers, NDArray none) {
    List<NDArray> weights = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      String block = prefix + "." + i + ".";
      add(weights, parameters, block + "norm1.", NORM, none);
      add(weights, parameters, block + "attn.", ATTENTION, none);
      add(weights, parameters, block + "norm2.", NORM, none);
      add(weights, parameters, block + "mlp.", FEED_FORWARD, none);
    }
    return weights;
  }

  /**
   * Returns the weights of decoder blocks in kernel order.
   *
   * @param parameters all tensors of the network
   * @param prefix what stands before the number of a block, such as {@code decoder}
   * @param layers number of blocks
   * @param none a tensor without elements, for weights that the network does not have
   * @return 32 tensors a block
   */
  public static List<NDArray> decoderWeights(
      Parameters parameters, String prefix, int layers, NDArray none) {
    List<NDArray> weights = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      String block = prefix + "." + i + ".";
      add(weights, parameters, block + "norm1.", NORM, none);
      add(weights, parameters, block + "self_attn.", ATTENTION, none);
      add(weights, parameters, block + "query_norm.", NORM, none);
      add(weights, parameters, block + "context_norm.", NORM, none);
      add(weights, parameters, block + "cross_attn.", CROSS_ATTENTION, none);
      add(weights, parameters, block + "norm2.", NORM, none);
      add(weights, parameters, block + "mlp.", FEED_FORWARD, none);
    }
    return weights;
  }

  private static void add(
      List<NDArray> weights,
      Parameters parameters,
      String prefix,
      List<String> names,
      NDArray none) {
    for (String name : names) {
      weights.add(parameters.getOr(prefix + name, none));
    }
  }

  /**
   * Creates the configuration tensor of a stack of blocks.
   *
   * @param manager owner of the tensor
   * @param heads attention heads
   * @param layers number of blocks
   * @param gated whether the feed-forward layer is gated
   * @param activation its activation
   * @param qkNorm whether queries and keys are normalised
   * @param precision type to compute in
   * @return int64 tensor of shape (6) on the CPU
   */
  public static NDArray config(
      NDManager manager,
      int heads,
      int layers,
      boolean gated,
      Activation activation,
      boolean qkNorm,
      Precision precision) {
    long[] values = {
      heads, layers, gated ? 1 : 0, activation.ordinal(), qkNorm ? 1 : 0, precision.code()
    };
    NDArray config = manager.create(values);
    return config.getDevice().isGpu() ? config.toDevice(Device.cpu(), false) : config;
  }

  /**
   * Creates the stand-in for a weight that a network does not have.
   *
   * @param manager owner of the tensor
   * @return float32 tensor of shape (0)
   */
  public static NDArray none(NDManager manager) {
    return manager.create(new Shape(0), DataType.FLOAT32);
  }
}
