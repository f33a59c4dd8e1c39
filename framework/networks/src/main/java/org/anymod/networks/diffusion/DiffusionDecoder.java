package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A network that tells picture from noise, given latents of tokens. */
sealed interface DiffusionDecoder permits UNet, UVit {

  /** The output (batch, channels, height, width) for noisy pictures. */
  NDArray predict(DenoisingInput input, NDManager scope);

  /** Number that height and width of a picture are multiples of. */
  int multiple();

  /** How many keys of dropout a recorded pass takes; 0 for none. */
  int keys();
}
