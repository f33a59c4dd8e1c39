package org.anymod.spi;

import ai.djl.ndarray.NDArray;
import org.pf4j.ExtensionPoint;

/**
 * A named measure of difference that networks are trained to reduce. Listed in {@code
 * META-INF/services/org.anymod.spi.Loss} where a plugin brings one; recipes name it.
 */
public interface Loss extends ExtensionPoint {

  /**
   * Returns the name recipes use.
   *
   * @return lower-case letters, digits and underscores; unique
   */
  String name();

  /**
   * Computes the loss with operations that gradients flow through.
   *
   * @param prediction what the network gave: {@code (batch, channels, ...)}, or logits {@code
   *     (count, classes)}
   * @param target what it should be: same shape as {@code prediction}, or class numbers of type
   *     int64 without the class axis
   * @return a scalar of type float32, the mean over all elements
   */
  NDArray evaluate(NDArray prediction, NDArray target);
}
