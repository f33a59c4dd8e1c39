/**
 * Tokenizers whose decoder is a diffusion model (arXiv 2406.09406, section 2.1; Shi et al., DiVAE,
 * arXiv 2206.00386): noise schedules, samplers, the U-Net and the U-Net with a transformer in its
 * middle, and the tokenizer that plugins use. Depends on the SPI, the torch layer and the encoders
 * and quantizers of {@code networks.vq}.
 *
 * <p>A decoder that steers Stable Diffusion is left out on purpose: there are no published weights
 * of it for 4M-21, and it needs the weights of Stable Diffusion.
 */
package org.anymod.networks.diffusion;
