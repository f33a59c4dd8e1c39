package org.anymod.networks.vq;

import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;

/**
 * How the tokens of a declared grid stand for places and codebooks: all places of the first
 * codebook in row-major order, then those of the next.
 *
 * @param codebooks ids for each place
 * @param rows rows of places
 * @param columns columns of places
 * @param vocabulary different ids
 */
record TokenLayout(int codebooks, int rows, int columns, int vocabulary) {

  static Kind.TokenGrid grid(Declaration declaration, String family) {
    if (declaration.kind() instanceof Kind.TokenGrid grid) {
      return grid;
    }
    throw new IllegalArgumentException(
        declaration.key()
            + ": a "
            + family
            + " tokenizer needs a token grid, not "
            + declaration.kind());
  }

  /** A square of patches for each codebook, one codebook below the other. */
  static TokenLayout patches(Declaration declaration, int resolution, int codebooks) {
    Kind.TokenGrid grid = grid(declaration, "vit-vqvae");
    int rows = grid.rows() / codebooks;
    if (grid.rows() % codebooks != 0 || rows != grid.columns() || resolution % rows != 0) {
      throw new IllegalArgumentException(
          declaration.key()
              + ": a resolution of "
              + resolution
              + " pixels does not divide into "
              + grid.rows()
              + " x "
              + grid.columns()
              + " patches"
              + (codebooks == 1 ? "" : " for " + codebooks + " codebooks"));
    }
    return new TokenLayout(codebooks, rows, grid.columns(), grid.vocabulary());
  }

  /** A list of places. */
  static TokenLayout list(Declaration declaration, int places, int codebooks) {
    Kind.TokenGrid grid = grid(declaration, "mlp-vqvae");
    if (grid.maxTokens() != places * codebooks) {
      throw new IllegalArgumentException(
          declaration.key()
              + ": "
              + grid.maxTokens()
              + " tokens are declared, but "
              + places
              + " vectors with "
              + codebooks
              + " codebooks make "
              + places * codebooks);
    }
    return new TokenLayout(codebooks, places, 1, grid.vocabulary());
  }

  /**
   * The places of pictures of another size.
   *
   * @param from side in pixels that this layout is for
   * @param to the other side, in pixels
   */
  TokenLayout at(int from, int to) {
    if (to == from) {
      return this;
    }
    long grid = (long) rows * to;
    if (grid % from != 0 || to < 1) {
      throw new IllegalArgumentException(
          "pictures of " + to + " pixels do not divide into patches of " + from / rows + " pixels");
    }
    int other = Math.toIntExact(grid / from);
    return new TokenLayout(codebooks, other, other, vocabulary);
  }

  int places() {
    return rows * columns;
  }

  int tokens() {
    return codebooks * places();
  }
}
