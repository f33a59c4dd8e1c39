package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.anymod.networks.MatrixProduct;

/** Turns values into a vector for each place. */
sealed interface LatentEncoder permits VitEncoder, MlpEncoder {

  /** Width of a vector. */
  int width();

  /** Its construction in words, with all that its tensors do not tell. */
  String form();

  /** Products beside those with its weights. */
  default List<MatrixProduct> products(int places) {
    return List.of();
  }

  /** Values {@code (batch, channels, ...)} to vectors {@code (batch, places, width)}. */
  NDArray encode(NDArray input, NDManager scope);
}
