package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Turns a vector for each place back into values. */
sealed interface LatentDecoder permits VitDecoder, MlpDecoder {

  /** Width of a vector. */
  int width();

  /** Vectors {@code (batch, rows * columns, width)} to values {@code (batch, channels, ...)}. */
  NDArray decode(NDArray features, int rows, int columns, NDManager scope);
}
