package org.anymod.torch;

import ai.djl.Device;

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

  /** The engine's number of the type. */
  int code() {
    return code;
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
