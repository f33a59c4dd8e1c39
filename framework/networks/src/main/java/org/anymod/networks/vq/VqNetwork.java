package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/**
 * Encoder, quantizer and decoder of a tokenizer with all their tensors.
 *
 * @param parameters the tensors
 * @param encoder encoder and quantizer
 * @param decoder decoder
 */
record VqNetwork(Parameters parameters, VqEncoder encoder, LatentDecoder decoder) {

  /** Latents (batch, rows * columns, latent) to the output (batch, channels, ...). */
  NDArray decode(NDArray latents, int rows, int columns, NDManager scope) {
    NDArray features =
        Kernels.shared()
            .call(
                scope,
                "place_linear",
                latents,
                parameters.get("post_quant_proj.weight"),
                parameters.get("post_quant_proj.bias"));
    return decoder.decode(features, rows, columns, scope);
  }
}
