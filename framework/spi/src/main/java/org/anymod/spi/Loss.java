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
   * <p>Do not multiply or divide by a Java number ({@code x.mul(0.5f)}): DJL keeps a bare pointer
   * to it for the way back and frees it at once, so that a garbage collection in between makes it a
   * random factor. Multiply by a tensor, {@code x.mul(x.getManager().create(0.5f))}, which lives as
   * long as its manager.
   *
   * @param prediction what the network gave: {@code (batch, channels, ...)}, or logits {@code
   *     (count, classes)}
   * @param target what it should be: same shape as {@code prediction}, or class numbers of type
   *     int64 without the class axis
   * @return a scalar of type float32, the mean over all elements
   */
  NDArray evaluate(NDArray prediction, NDArray target);
}
