package org.anymod.networks.vq;

/**
 * Size of a vision transformer.
 *
 * @param dim width, a multiple of 4 and of {@code heads}
 * @param depth number of blocks
 * @param heads attention heads
 * @param postMlp whether a tanh layer follows the blocks
 */
public record VitShape(int dim, int depth, int heads, boolean postMlp) {}
