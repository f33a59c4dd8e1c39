package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * What a denoising network is asked.
 *
 * @param noisy noisy pictures (batch, channels, height, width)
 * @param times int64 time steps (batch)
 * @param condition latents of the tokens (batch, latent, rows, columns)
 * @param dropped booleans (batch, rows, columns), true where the condition is hidden, or a tensor
 *     without elements where none is
 * @param keys int64 numbers on the CPU that decide dropout, or a tensor without elements for none
 */
record DenoisingInput(
    NDArray noisy, NDArray times, NDArray condition, NDArray dropped, NDArray keys) {}
