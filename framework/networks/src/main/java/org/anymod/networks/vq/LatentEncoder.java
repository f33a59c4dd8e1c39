package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Turns values into a vector for each place. */
sealed interface LatentEncoder permits VitEncoder, MlpEncoder {

  /** Width of a vector. */
  int width();

  /** Values {@code (batch, channels, ...)} to vectors {@code (batch, places, width)}. */
  NDArray encode(NDArray input, NDManager scope);
}
