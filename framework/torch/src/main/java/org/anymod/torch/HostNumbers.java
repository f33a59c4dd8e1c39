package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Numbers that a kernel reads on the host, such as a learning rate. They are made there: a copy
 * from another device would wait until that has done all its work.
 */
public final class HostNumbers {
  private HostNumbers() {}

  /**
   * Makes a tensor of numbers.
   *
   * @param owner what closes it
   * @param values the numbers
   * @return a tensor of shape (count) and type float64 on the CPU
   */
  public static NDArray of(NDManager owner, double... values) {
    return host(owner).create(values);
  }

  /**
   * Makes a tensor of whole numbers.
   *
   * @param owner what closes it
   * @param values the numbers
   * @return a tensor of shape (count) and type int64 on the CPU
   */
  public static NDArray whole(NDManager owner, long... values) {
    return host(owner).create(values);
  }

  private static NDManager host(NDManager owner) {
    return owner.getDevice().isGpu() ? owner.newSubManager(Device.cpu()) : owner;
  }
}
