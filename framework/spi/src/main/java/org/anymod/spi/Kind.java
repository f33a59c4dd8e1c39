package org.anymod.spi;

/**
 * The five ways in which data can enter an any-to-any model. A kind decides masking, embedding,
 * output head and sampling; the host handles each of them and never a particular modality.
 *
 * <p>Source: arXiv 2406.09406, section 2.2 and appendix C.
 */
public sealed interface Kind {

  /**
   * Returns the largest number of model tokens that one sample of this modality can have.
   *
   * @return number of tokens, at least 1
   */
  int maxTokens();

  /**
   * Pixels cut into square patches, each projected linearly. Input only.
   *
   * @param channels number of channels of the picture, at least 1
   * @param height height in pixels, a multiple of {@code patch}
   * @param width width in pixels, a multiple of {@code patch}
   * @param patch side of a patch in pixels
   */
  record PixelPatches(int channels, int height, int width, int patch) implements Kind {
    /** Checks that all numbers are positive and the picture is a whole number of patches. */
    public PixelPatches {
      Checks.positive("channels", channels);
      Checks.positive("patch", patch);
      Checks.multiple("height", height, patch);
      Checks.multiple("width", width, patch);
    }

    /**
     * Returns the number of rows of patches.
     *
     * @return {@code height / patch}
     */
    public int rows() {
      return height / patch;
    }

    /**
     * Returns the number of columns of patches.
     *
     * @return {@code width / patch}
     */
    public int columns() {
      return width / patch;
    }

    @Override
    public int maxTokens() {
      return rows() * columns();
    }
  }

  /**
   * A grid of discrete tokens in row-major order, or a fixed set of global codes. Predicted in
   * parallel.
   *
   * @param rows rows of the grid
   * @param columns columns of the grid
   * @param vocabulary number of different tokens
   * @param positions how places in the grid are embedded
   */
  record TokenGrid(int rows, int columns, int vocabulary, Positions positions) implements Kind {
    /** Checks that all numbers are positive. */
    public TokenGrid {
      Checks.positive("rows", rows);
      Checks.positive("columns", columns);
      Checks.positive("vocabulary", vocabulary);
      Checks.present("positions", positions);
    }

    /**
     * A set of codes without geometry, with trained positions: a square where their number is one,
     * else a column.
     *
     * @param codes number of codes
     * @param vocabulary number of different tokens
     * @return the grid
     */
    public static TokenGrid ofCodes(int codes, int vocabulary) {
      int side = (int) Math.round(Math.sqrt(codes));
      return side * side == codes
          ? new TokenGrid(side, side, vocabulary, Positions.LEARNED)
          : new TokenGrid(codes, 1, vocabulary, Positions.LEARNED);
    }

    @Override
    public int maxTokens() {
      return rows * columns;
    }
  }

  /**
   * Text in the WordPiece vocabulary that all text-like modalities of a model share, with sentinels
   * for missing spans. Predicted one token after the other.
   *
   * @param maxTokens longest sequence in tokens, the end token included
   * @param maxLength number of target positions with an embedding of their own; later ones use
   *     position 0
   */
  record TextSequence(int maxTokens, int maxLength) implements Kind {
    /** Checks that the lengths are positive. */
    public TextSequence {
      Checks.positive("maxTokens", maxTokens);
      Checks.positive("maxLength", maxLength);
    }
  }

  /**
   * A sequence of codes from a tokenizer of its own, with sentinels for missing spans. Predicted
   * one token after the other. Codes are shifted by the number of special tokens inside the model.
   *
   * @param vocabulary number of different codes
   * @param maxTokens longest sequence in tokens, the end token included
   * @param maxLength number of target positions with an embedding of their own; later ones use
   *     position 0
   */
  record TokenSequence(int vocabulary, int maxTokens, int maxLength) implements Kind {
    /** Checks that all numbers are positive. */
    public TokenSequence {
      Checks.positive("vocabulary", vocabulary);
      Checks.positive("maxTokens", maxTokens);
      Checks.positive("maxLength", maxLength);
    }
  }

  /**
   * A sequence of vectors, each projected linearly. Input only.
   *
   * @param dim width of a vector
   * @param maxTokens largest number of vectors
   */
  record EmbeddingSequence(int dim, int maxTokens) implements Kind {
    /** Checks that all numbers are positive. */
    public EmbeddingSequence {
      Checks.positive("dim", dim);
      Checks.positive("maxTokens", maxTokens);
    }
  }

  /** How places in a {@link TokenGrid} are embedded. */
  enum Positions {
    /** Fixed two-dimensional sine and cosine table, for grids that are pictures. */
    SINE_COSINE,
    /** A trained vector for each place, for global codes without geometry. */
    LEARNED
  }
}
