package org.anymod.core.masking;

import java.util.List;

/** What one sample has of one modality, as far as masking needs to know it. */
public sealed interface Content {

  /** A whole grid of pixels or tokens. */
  record Grid() implements Content {}

  /**
   * A sequence of ids without end token.
   *
   * @param chunks the ids, in one or more chunks
   * @param whole whether a chunk is shown or hidden as a whole, rather than id by id
   */
  record Sequence(List<int[]> chunks, boolean whole) implements Content {
    /** Takes the list as it is; neither it nor its arrays may be changed afterwards. */
    public Sequence {
      chunks = List.copyOf(chunks);
    }

    /**
     * Makes a sequence whose chunks are shown or hidden as a whole if there are several, and id by
     * id otherwise.
     *
     * @param chunks the ids
     */
    public Sequence(List<int[]> chunks) {
      this(chunks, chunks.size() > 1);
    }
  }

  /**
   * A sequence of vectors.
   *
   * @param count how many, at least 0
   */
  record Vectors(int count) implements Content {
    /** Checks that the number is not negative. */
    public Vectors {
      if (count < 0) {
        throw new IllegalArgumentException("count of vectors is " + count + ", must be at least 0");
      }
    }
  }
}
