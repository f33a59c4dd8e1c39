package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
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

  /**
   * Multiplies by a number, recorded like any operation.
   *
   * <p>{@code NDArray.mul(Number)} and {@code div(Number)} must not be recorded: they put the
   * number into memory of the Java heap's direct buffers, keep a bare pointer to it for the way
   * back, and let go of the buffer at once. A garbage collection between the two makes it a random
   * factor.
   *
   * @param x a tensor
   * @param factor what to multiply by
   * @return the product, of the same shape and owner
   */
  public static NDArray scaled(NDArray x, double factor) {
    NDManager manager = x.getManager();
    return Kernels.shared().call(manager, "scaled", x, HostNumbers.of(manager, factor));
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
    backward(loss, 1);
  }

  /**
   * Adds the gradients of a scaled scalar to all parameters it depends on and frees the record.
   *
   * @param loss a tensor of shape ()
   * @param scale what the gradients are multiplied by
   */
  public static void backward(NDArray loss, double scale) {
    NDManager manager = loss.getManager();
    try (NDArray factor = manager.full(new Shape(), (float) scale)) {
      backward(loss, factor);
    }
  }

  /**
   * Carries a gradient that arrived at a tensor on to all that it depends on, and frees the record.
   *
   * @param output a recorded tensor
   * @param gradient the gradient with respect to it, of the same shape
   */
  public static void backward(NDArray output, NDArray gradient) {
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
  }

  /**
   * Cuts a tensor off from its record: what is computed from the result sends gradients to the
   * result and no further.
   *
   * @param value a tensor
   * @param owner owner of the result
   * @return the same numbers, not copied, as a start of records
   */
  public static NDArray leaf(NDArray value, NDManager owner) {
    NDArray leaf = value.stopGradient();
    leaf.attach(owner);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * Returns the gradient that has gathered at a leaf or weight, for reading or adding to it; zeros
   * where none has arrived yet.
   *
   * @param leaf a weight, or what {@link #leaf} returned
   * @param owner owner of the handle
   * @return the gradient itself, not a copy
   */
  public static NDArray gradient(NDArray leaf, NDManager owner) {
    NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
    if (gradient == null) {
      // The engine allocates a gradient when the first one arrives, be it zero.
      backward(record(() -> Kernels.shared().call(owner, "zero_sum", List.of(leaf))));
      gradient = JniUtils.getGradient((PtNDArray) leaf);
    }
    gradient.attach(owner);
    return gradient;
  }
}
