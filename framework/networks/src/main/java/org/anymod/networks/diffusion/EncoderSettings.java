package org.anymod.networks.diffusion;

/**
 * Sizes of the half that makes tokens, and how its codebook learns.
 *
 * @param dim width of the transformer
 * @param depth number of its blocks
 * @param heads attention heads; {@code dim} is a multiple
 * @param latent width of a code
 * @param postMlp whether a tanh layer follows the blocks
 * @param positionGrid rows and columns of the position table; 0 for those of the token grid
 * @param decay decay of the codebook's moving averages
 * @param deadCode a code is dead when it is used less than its even share divided by this
 * @param commitment weight of the commitment loss
 * @param frozen whether it stays as it is while the decoder is trained
 */
record EncoderSettings(
    int dim,
    int depth,
    int heads,
    int latent,
    boolean postMlp,
    int positionGrid,
    double decay,
    double deadCode,
    double commitment,
    boolean frozen) {}
