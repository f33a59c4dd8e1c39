package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Order in which the transformer kernels take the weights of a block, by name, and their
 * configuration tensor.
 */
public final class TransformerKernel {
  private static final List<String> NORM = List.of("weight", "bias");
  private static final List<String> QUERY_KEY_NORMS =
      List.of("q_norm.weight", "q_norm.bias", "k_norm.weight", "k_norm.bias");
  private static final List<String> ENCODER_BLOCK =
      Stream.of(
              under("norm1", NORM),
              attention("attn"),
              under("norm2", NORM),
              under("mlp", linears("fc1", "fc3", "fc2")))
          .flatMap(List::stream)
          .toList();
  private static final List<String> DECODER_BLOCK =
      Stream.of(
              under("norm1", NORM),
              attention("self_attn"),
              under("query_norm", NORM),
              under("context_norm", NORM),
              under("cross_attn", linears("q", "kv", "proj")),
              under("cross_attn", QUERY_KEY_NORMS),
              under("norm2", NORM),
              under("mlp", linears("fc1", "fc3", "fc2")))
          .flatMap(List::stream)
          .toList();

  /** Number of weights of an encoder block. */
  public static final int ENCODER_BLOCK_WEIGHTS = ENCODER_BLOCK.size();

  /** Number of weights of a decoder block. */
  public static final int DECODER_BLOCK_WEIGHTS = DECODER_BLOCK.size();

  private static final int PRECISION = 5;
  private static final int UNRECORDED = 6;

  private TransformerKernel() {}

  private static List<String> under(String module, List<String> names) {
    return names.stream().map(name -> module + "." + name).toList();
  }

  private static List<String> linears(String... names) {
    return Arrays.stream(names).flatMap(n -> Stream.of(n + ".weight", n + ".bias")).toList();
  }

  private static List<String> attention(String module) {
    return Stream.concat(
            under(module, linears("qkv", "proj")).stream(), under(module, QUERY_KEY_NORMS).stream())
        .toList();
  }

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
    return weights(parameters, prefix, layers, ENCODER_BLOCK, none);
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
    return weights(parameters, prefix, layers, DECODER_BLOCK, none);
  }

  private static List<NDArray> weights(
      Parameters parameters, String prefix, int layers, List<String> names, NDArray none) {
    List<NDArray> weights = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      for (String name : names) {
        weights.add(parameters.getOr(prefix + "." + i + "." + name, none));
      }
    }
    return weights;
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
   * @return int64 tensor of shape (7) on the CPU
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
      heads, layers, gated ? 1 : 0, activation.ordinal(), qkNorm ? 1 : 0, precision.code(), 0
    };
    return onHost(manager.create(values));
  }

  /**
   * Changes a configuration for calls that record nothing for a backward pass, whose products of
   * matrices can be computed faster: the results are those of the recorded calls up to rounding.
   *
   * @param config what {@link #config} returned
   * @param device where the weights lie
   * @param manager owner of the result
   * @return a configuration of its own
   */
  public static NDArray unrecorded(NDArray config, Device device, NDManager manager) {
    long[] values = config.toLongArray();
    values[UNRECORDED] = !device.isGpu() && values[PRECISION] == Precision.FLOAT32.code() ? 1 : 0;
    return onHost(manager.create(values));
  }

  private static NDArray onHost(NDArray config) {
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
