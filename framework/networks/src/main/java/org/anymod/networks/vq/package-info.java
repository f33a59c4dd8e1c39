/**
 * Vector-quantised autoencoders that plugins share: encoders, quantizers and decoders of tokenizers
 * for pictures, feature maps, masks, class maps and vectors. {@link
 * org.anymod.networks.vq.VqEncoder} serves tokenizers with other decoders too. Depends on the SPI,
 * the torch layer and the losses.
 */
package org.anymod.networks.vq;
