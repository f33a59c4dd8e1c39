package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;

/**
 * Quantised latents.
 *
 * @param latents {@code (batch, places, latent)}
 * @param ids codes {@code (batch, codebooks, places)} of int64
 * @param loss what the quantizer adds to the training loss, weighted, of shape ()
 * @param dead codes that had to be given a new place
 */
public record Quantized(NDArray latents, NDArray ids, NDArray loss, int dead) {}
