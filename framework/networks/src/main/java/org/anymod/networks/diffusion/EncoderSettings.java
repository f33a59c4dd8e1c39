package org.anymod.networks.diffusion;

import org.anymod.networks.vq.QuantizerSettings;
import org.anymod.networks.vq.VitShape;

/**
 * Sizes of the half that makes tokens, and how its codebook learns.
 *
 * @param shape size of the transformer
 * @param positionGrid rows and columns of the position table; 0 for those of the token grid
 * @param quantizer the quantizer, with one code a place
 * @param frozen whether it stays as it is while the decoder is trained
 */
record EncoderSettings(
    VitShape shape, int positionGrid, QuantizerSettings quantizer, boolean frozen) {}
