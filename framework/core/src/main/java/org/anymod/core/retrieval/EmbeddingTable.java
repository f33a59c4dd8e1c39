package org.anymod.core.retrieval;

import java.util.List;
import java.util.OptionalInt;

/** Vectors of equal width in memory, in blocks so that there may be more than one array holds. */
public final class EmbeddingTable {
  private final int width;
  private final int rowsPerBlock;
  private final List<float[]> blocks;
  private final int rows;

  /**
   * Takes blocks over; they are not copied.
   *
   * @param width numbers in a vector
   * @param rowsPerBlock vectors in each block but the last, which may have fewer
   * @param blocks vectors one after the other, at least one block
   * @throws IllegalArgumentException if there are no vectors, or the sizes do not fit
   */
  public EmbeddingTable(int width, int rowsPerBlock, List<float[]> blocks) {
    this.width = width;
    this.rowsPerBlock = rowsPerBlock;
    this.blocks = List.copyOf(blocks);
    long count = 0;
    for (int b = 0; b < blocks.size(); b++) {
      int length = blocks.get(b).length;
      boolean last = b == blocks.size() - 1;
      boolean fits = last ? length <= (long) rowsPerBlock * width : length == rowsPerBlock * width;
      if (!fits || length == 0 || length % width != 0) {
        throw new IllegalArgumentException(
            "block " + b + " has " + length + " numbers, vectors have " + width);
      }
      count += length / width;
    }
    if (count == 0) {
      throw new IllegalArgumentException("the gallery is empty, must have at least one vector");
    }
    this.rows = Math.toIntExact(count);
  }

  /**
   * Makes a table of single vectors.
   *
   * @param vectors at least one, all of the same width
   * @return a table of copies
   * @throws IllegalArgumentException if there is none, or their widths differ
   */
  public static EmbeddingTable of(List<float[]> vectors) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("the gallery is empty, must have at least one vector");
    }
    int width = vectors.get(0).length;
    float[] all = new float[Math.multiplyExact(vectors.size(), width)];
    for (int i = 0; i < vectors.size(); i++) {
      if (vectors.get(i).length != width) {
        throw new IllegalArgumentException(
            "vector " + i + " has " + vectors.get(i).length + " numbers, the first has " + width);
      }
      System.arraycopy(vectors.get(i), 0, all, i * width, width);
    }
    return new EmbeddingTable(width, vectors.size(), List.of(all));
  }

  /**
   * Returns the number of vectors.
   *
   * @return at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the width of a vector.
   *
   * @return numbers in each
   */
  public int width() {
    return width;
  }

  /**
   * Returns a vector.
   *
   * @param row its number
   * @return a copy
   */
  public float[] row(int row) {
    float[] vector = new float[width];
    System.arraycopy(blocks.get(row / rowsPerBlock), at(row), vector, 0, width);
    return vector;
  }

  /** Compares a vector with a row. */
  double raw(Similarity similarity, float[] query, int row) {
    return similarity.raw(query, 0, blocks.get(row / rowsPerBlock), at(row), width);
  }

  private int at(int row) {
    return row % rowsPerBlock * width;
  }

  /**
   * Looks for a vector with something that is no finite number.
   *
   * @return the first such row; empty if all are sound
   */
  public OptionalInt firstUnsound() {
    for (int b = 0; b < blocks.size(); b++) {
      float[] block = blocks.get(b);
      for (int i = 0; i < block.length; i++) {
        if (!Float.isFinite(block[i])) {
          return OptionalInt.of(b * rowsPerBlock + i / width);
        }
      }
    }
    return OptionalInt.empty();
  }
}
