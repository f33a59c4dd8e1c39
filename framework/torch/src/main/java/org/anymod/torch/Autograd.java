package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Recording of operations on the calling thread, so that gradients can flow back. Code runs
 * recorded or not according to the innermost call of {@link #record} or {@link #pause}.
 */
public final class Autograd {
  private Autograd() {}

  /**
   * Runs code with recording.
   *
   * @param code what to run
   * @param <T> type of its result
   * @return its result
   */
  public static <T> T record(Supplier<T> code) {
    return with(true, code);
  }

  /**
   * Runs code without recording.
   *
   * @param code what to run
   * @param <T> type of its result
   * @return its result
   */
  public static <T> T pause(Supplier<T> code) {
    return with(false, code);
  }

  private static <T> T with(boolean record, Supplier<T> code) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(record);
    try {
      return code.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Adds the gradients of a scalar to all parameters it depends on and frees the record.
   *
   * @param loss a tensor of shape ()
   */
  public static void backward(NDArray loss) {
    NDManager manager = loss.getManager();
    try (NDArray one = manager.ones(new Shape())) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }
  }
}
