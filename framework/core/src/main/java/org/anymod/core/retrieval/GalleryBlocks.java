package org.anymod.core.retrieval;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/**
 * A gallery on a device, ready for matrix products: vectors of length 1 for cosines, vectors and
 * their squared lengths for distances. Scores are float32 and off by at most {@link #tolerance}.
 */
final class GalleryBlocks implements AutoCloseable {
  private static final int NUMBERS = 1 << 24;

  private final TensorScope scope;
  private final Similarity similarity;
  private final int width;
  private final List<Block> blocks = new ArrayList<>();
  private double largestSquare;

  /** Consecutive rows of the gallery. */
  record Block(int from, int rows, NDArray vectors, NDArray squares) {}

  GalleryBlocks(EmbeddingTable gallery, Similarity similarity, Device device) {
    this.scope = TensorScope.on(device);
    this.similarity = similarity;
    this.width = gallery.width();
    int rows = Math.max(1, NUMBERS / width);
    for (int from = 0; from < gallery.rows(); from += rows) {
      blocks.add(block(gallery, from, Math.min(gallery.rows(), from + rows)));
    }
  }

  private Block block(EmbeddingTable gallery, int from, int to) {
    float[] numbers = new float[(to - from) * width];
    float[] squares = new float[similarity == Similarity.L2 ? to - from : 0];
    for (int row = from; row < to; row++) {
      float[] vector = prepared(gallery.row(row));
      System.arraycopy(vector, 0, numbers, (row - from) * width, width);
      if (similarity == Similarity.L2) {
        double square = square(vector);
        squares[row - from] = (float) square;
        largestSquare = Math.max(largestSquare, square);
      }
    }
    NDManager manager = scope.manager();
    return new Block(
        from,
        to - from,
        manager.create(numbers, new Shape(to - from, width)),
        manager.create(squares, new Shape(squares.length)));
  }

  /** The vector as products take it. */
  private float[] prepared(float[] vector) {
    if (similarity == Similarity.L2) {
      return vector;
    }
    double length = Math.sqrt(square(vector));
    float[] unit = new float[width];
    for (int i = 0; i < width && length > 0; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private static double square(float[] vector) {
    double sum = 0;
    for (float x : vector) {
      sum += (double) x * x;
    }
    return sum;
  }

  List<Block> blocks() {
    return blocks;
  }

  /**
   * How much a score may be off: the usual bound of a float32 sum of products (Higham, Accuracy and
   * Stability of Numerical Algorithms, 3.1), doubled because two scores are compared.
   */
  double tolerance(float[] query) {
    double rounding = (width + 8) * Math.scalb(1.0, -23);
    return similarity == Similarity.COSINE
        ? rounding
        : 2 * rounding * (square(query) + largestSquare);
  }

  NDArray queries(List<float[]> queries, NDManager manager) {
    float[] numbers = new float[queries.size() * width];
    for (int i = 0; i < queries.size(); i++) {
      System.arraycopy(prepared(queries.get(i)), 0, numbers, i * width, width);
    }
    return manager.create(numbers, new Shape(queries.size(), width));
  }

  /** The highest scores of each query in a block, and their rows; both query after query. */
  Highest highest(Block block, NDArray queries, int count) {
    try (TensorScope step = scope.open()) {
      NDManager manager = step.manager();
      NDList result =
          Kernels.shared()
              .callAll(
                  manager,
                  "gallery_top",
                  queries,
                  block.vectors(),
                  block.squares(),
                  HostNumbers.whole(manager, count));
      return new Highest(result.get(0).toFloatArray(), result.get(1).toLongArray(), count);
    }
  }

  /** All scores of some queries in a block, query after query. */
  float[] scores(Block block, NDArray queries) {
    try (TensorScope step = scope.open()) {
      return Kernels.shared()
          .call(step.manager(), "gallery_scores", queries, block.vectors(), block.squares())
          .toFloatArray();
    }
  }

  /** Scores in descending order and places in the block, so many for each query. */
  record Highest(float[] scores, long[] places, int count) {}

  TensorScope open() {
    return scope.open();
  }

  @Override
  public void close() {
    scope.close();
  }
}
