package org.anymod.core.transfer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Sizes and factors for kernels, which read them on the host. */
final class Numbers {
  private Numbers() {}

  static NDArray of(NDManager manager, long value) {
    return onHost(manager.create(value));
  }

  static NDArray of(NDManager manager, long[] values) {
    return onHost(manager.create(values));
  }

  static NDArray of(NDManager manager, double value) {
    return onHost(manager.create(value));
  }

  private static NDArray onHost(NDArray number) {
    return number.getDevice().isGpu() ? number.toDevice(Device.cpu(), false) : number;
  }
}
