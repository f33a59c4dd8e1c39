package org.anymod.spi;

import ai.djl.ndarray.NDManager;
import java.util.Map;

/**
 * What a tokenizer is made from. The host implements it; new services are added here, so that
 * signatures of plugins stay as they are.
 */
public interface TokenizerContext {

  /**
   * Returns the declaration whose tokens are to be made.
   *
   * @return the declaration
   */
  Declaration declaration();

  /**
   * Returns the specification of the values to tokenize.
   *
   * @return the specification
   */
  ValueSpec value();

  /**
   * Returns the side of a square input picture in pixels.
   *
   * @return pixels
   */
  int resolution();

  /**
   * Returns the manager that owns the tokenizer's tensors, already on the device to compute on.
   *
   * @return the manager; the tokenizer opens a sub-manager of it and closes that, not the manager
   *     itself
   */
  NDManager manager();

  /**
   * Returns the seed of weights and training.
   *
   * @return the seed
   */
  long seed();

  /**
   * Returns the settings of this tokenizer from the recipe: numbers, strings and booleans by name.
   *
   * @return the settings, not modifiable
   */
  Map<String, Object> settings();

  /**
   * Returns the type that the tokenizer's matrix products are computed in. A family that cannot
   * compute in it refuses to be created.
   *
   * @return the type; float32 on a CPU and bfloat16 on a GPU unless the host knows better
   */
  default ComputeType precision() {
    return manager().getDevice().isGpu() ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
  }

  /**
   * Finds a loss by name among the host's own and those that plugins bring.
   *
   * @param name name of the loss
   * @return the loss
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  Loss loss(String name);
}
