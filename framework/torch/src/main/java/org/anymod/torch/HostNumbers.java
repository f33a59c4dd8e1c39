package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Numbers that a kernel reads on the host, such as a learning rate. They are made there: a copy
 * from another device would wait until that has done all its work.
 */
final class HostNumbers {
  private HostNumbers() {}

  static NDArray of(NDManager owner, double... values) {
    NDManager host = owner.getDevice().isGpu() ? owner.newSubManager(Device.cpu()) : owner;
    return host.create(values);
  }
}
