package org.anymod.torch;

import ai.djl.Device;
import org.anymod.spi.ComputeType;

/**
 * Type that matrix products are computed in. Weights, norms and losses are float32 whatever the
 * choice.
 */
public enum Precision {
  /** 32-bit floating point: the default on a CPU. */
  FLOAT32(6),
  /** 16-bit brain floating point: the default on a GPU. */
  BFLOAT16(15);

  private final int code;

  Precision(int code) {
    this.code = code;
  }

  /**
   * Returns the engine's number of the type, as kernels take it.
   *
   * @return the number
   */
  public int code() {
    return code;
  }

  /**
   * Returns the type that a plugin's tokenizer is asked to compute in.
   *
   * @param type the type as plugins know it
   * @return the same type
   */
  public static Precision of(ComputeType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT32;
      case BFLOAT16 -> BFLOAT16;
    };
  }

  /**
   * Returns the default of a device.
   *
   * @param device the device
   * @return {@link #BFLOAT16} on a GPU, else {@link #FLOAT32}
   */
  public static Precision defaultFor(Device device) {
    return device.isGpu() ? BFLOAT16 : FLOAT32;
  }
}
