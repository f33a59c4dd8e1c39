package org.anymod.spi;

/**
 * Type that matrix products are computed in; weights and losses are float32 whatever the choice.
 */
public enum ComputeType {
  /** 32-bit floating point. */
  FLOAT32,
  /** 16-bit brain floating point. */
  BFLOAT16
}
