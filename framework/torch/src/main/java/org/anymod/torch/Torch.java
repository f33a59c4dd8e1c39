package org.anymod.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The engine of this process: its version, devices, threads and the root of all tensors. */
public final class Torch {
  private static final String ENGINE = "PyTorch";

  private Torch() {}

  private static final class Holder {
    static final NDManager BASE = Engine.getEngine(ENGINE).newBaseManager();
  }

  static NDManager baseManager() {
    return Holder.BASE;
  }

  /**
   * Returns the version of the native library, loading it if need be.
   *
   * @return a version such as {@code 2.7.1}
   */
  public static String version() {
    return Engine.getEngine(ENGINE).getVersion();
  }

  /**
   * Returns the number of GPUs that the engine can use.
   *
   * @return number of devices, 0 where there is none or the native library was built without GPU
   *     support
   */
  public static int gpuCount() {
    return Engine.getEngine(ENGINE).getGpuCount();
  }

  /**
   * Returns the number of threads that one operation may use on the CPU.
   *
   * @return number of threads
   */
  public static int threads() {
    Engine.getEngine(ENGINE);
    return JniUtils.getNumThreads();
  }

  /**
   * Chooses a device.
   *
   * @param name {@code auto} (the first GPU if there is one), {@code cpu}, {@code gpu} or {@code
   *     gpu:<index>}
   * @return the device
   * @throws IllegalArgumentException if there is no such device; the message says which there are
   */
  public static Device device(String name) {
    return device(name, 0);
  }

  /**
   * Chooses a device for one of several processes of a machine.
   *
   * @param name {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu} or {@code
   *     gpu:<index>}
   * @param localRank number of the process on its machine, from 0; {@code auto} and {@code gpu}
   *     give each its own GPU, and go round where there are fewer of these
   * @return the device
   * @throws IllegalArgumentException if there is no such device; the message says which there are
   */
  public static Device device(String name, int localRank) {
    int gpus = name.equals("cpu") ? 0 : gpuCount();
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    int index = gpus == 0 ? 0 : localRank % gpus;
    if (name.startsWith("gpu:")) {
      try {
        index = Integer.parseInt(name.substring(4));
      } catch (NumberFormatException e) {
        throw unknownDevice(name, gpus);
      }
    } else if (!name.equals("gpu") && !name.equals("auto")) {
      throw unknownDevice(name, gpus);
    }
    if (index < 0 || index >= gpus) {
      throw unknownDevice(name, gpus);
    }
    return Device.gpu(index);
  }

  private static IllegalArgumentException unknownDevice(String name, int gpus) {
    return new IllegalArgumentException(
        "device '"
            + name
            + "' is not available: allowed are auto, cpu, gpu and gpu:<index>; this engine sees "
            + gpus
            + " GPUs");
  }
}
