package org.anymod.networks.diffusion;

/**
 * How pictures are sampled.
 *
 * @param sampler the way from noise to picture
 * @param steps steps asked for
 * @param guidance scale of classifier-free guidance; 1 for none
 * @param rescale share of a guided output that is rescaled to the deviation of the unguided one
 */
record SamplingSettings(Sampler sampler, int steps, double guidance, double rescale) {}
