package org.anymod.networks.diffusion;

/**
 * How the denoising network learns.
 *
 * @param loss name of the loss between output and target
 * @param noiseLoss whether a predicted velocity is compared as the noise that it implies
 * @param dropping how the condition is hidden
 * @param weightDecay decoupled weight decay
 * @param clip largest global gradient norm; 0 for no limit
 */
record NoiseTrainingSettings(
    String loss, boolean noiseLoss, ConditionDropping dropping, double weightDecay, double clip) {}
