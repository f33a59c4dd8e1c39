package org.anymod.core.model;

import java.util.Optional;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;

/**
 * One row of the embedding table: a declared modality as this model uses it.
 *
 * @param declaration key, kind and the roles that are used
 * @param vocabulary number of rows of its token embedding: tokens of the grid, of the shared text
 *     vocabulary, or codes behind the special tokens; 0 where there is none
 * @param loss what its logits (targets, vocabulary) are trained with; empty for cross-entropy
 */
public record ModelModality(Declaration declaration, int vocabulary, Optional<Loss> loss) {

  /**
   * A modality that is trained with cross-entropy.
   *
   * @param declaration key, kind and the roles that are used
   * @param vocabulary number of rows of its token embedding
   */
  public ModelModality(Declaration declaration, int vocabulary) {
    this(declaration, vocabulary, Optional.empty());
  }

  /**
   * Least number of positions in the table of a sequence, whatever its length (a fact of published
   * checkpoints).
   */
  static final int SEQUENCE_POSITIONS = 512;

  /**
   * Returns the model key.
   *
   * @return the key
   */
  public String key() {
    return declaration.key();
  }

  /**
   * Returns the kind.
   *
   * @return the kind
   */
  public Kind kind() {
    return declaration.kind();
  }

  /** Returns whether tokens are predicted one after the other. */
  boolean isSequence() {
    return kind() instanceof Kind.TextSequence || kind() instanceof Kind.TokenSequence;
  }

  /** Returns the number of target positions with an embedding of their own. */
  int maxLength() {
    if (kind() instanceof Kind.TextSequence text) {
      return text.maxLength();
    }
    return kind() instanceof Kind.TokenSequence codes ? codes.maxLength() : kind().maxTokens();
  }

  /**
   * Returns the number of rows of the position table: places of a grid, and for a sequence at least
   * as many as its ids and sentinels can need.
   */
  int positions() {
    boolean grid = kind() instanceof Kind.TokenGrid || kind() instanceof Kind.PixelPatches;
    return grid
        ? kind().maxTokens()
        : Math.max(SEQUENCE_POSITIONS, Math.max(kind().maxTokens() + 2, maxLength()));
  }

  /** Returns the width of the vectors that an input has instead of ids; 0 if it has ids. */
  int inputWidth() {
    if (kind() instanceof Kind.PixelPatches pixels) {
      return pixels.channels() * pixels.patch() * pixels.patch();
    }
    return kind() instanceof Kind.EmbeddingSequence vectors ? vectors.dim() : 0;
  }
}
