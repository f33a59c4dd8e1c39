package org.anymod.core.generation;

import java.util.Objects;

/**
 * How a generator works.
 *
 * @param batch largest number of samples that are drawn together, at least 1; more are faster and
 *     take more memory
 * @param presets where presets are found
 */
public record GeneratorOptions(int batch, Presets presets) {

  /** Batches of 16 without presets. */
  public static final GeneratorOptions DEFAULT = new GeneratorOptions(16, Presets.NONE);

  /** Checks the numbers. */
  public GeneratorOptions {
    Objects.requireNonNull(presets, "presets");
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", must be at least 1");
    }
  }

  /**
   * Returns the same options with presets.
   *
   * @param source where presets are found
   * @return the options
   */
  public GeneratorOptions with(Presets source) {
    return new GeneratorOptions(batch, source);
  }
}
