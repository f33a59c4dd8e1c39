package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Quantised latents.
 *
 * @param latents {@code (batch, places, latent)}
 * @param ids codes {@code (batch, codebooks, places)} of int64
 * @param loss what the quantizer adds to the training loss, weighted, of shape ()
 * @param seen in training, what a table was compared with and will learn from: {@code (count,
 *     width)}, cut off from the record; empty where no table learns that way
 */
public record Quantized(NDArray latents, NDArray ids, NDArray loss, Optional<NDArray> seen) {}
