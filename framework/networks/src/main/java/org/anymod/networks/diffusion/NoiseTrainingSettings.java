package org.anymod.networks.diffusion;

/**
 * How the denoising network learns.
 *
 * @param loss name of the loss between output and target
 * @param noiseLoss whether a predicted velocity is compared as the noise that it implies
 * @param dropping how the condition is hidden
 * @param averageDecay decay of the running average of the weights, which is what is kept and used;
 *     0 for none
 * @param weightDecay decoupled weight decay
 * @param clip largest global gradient norm; 0 for no limit
 */
record NoiseTrainingSettings(
    String loss,
    boolean noiseLoss,
    ConditionDropping dropping,
    double averageDecay,
    double weightDecay,
    double clip) {}
