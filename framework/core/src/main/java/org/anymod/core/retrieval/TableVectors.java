package org.anymod.core.retrieval;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A gallery as the graph's library sees it: at length 1 for cosines, so that products do; all in
 * memory.
 */
final class TableVectors implements RandomAccessVectorValues {
  /** Kept here, for a logger that nobody holds is forgotten with its level. */
  private static final Logger LIBRARY = quiet();

  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  private final Similarity similarity;
  private final int width;
  private final List<VectorFloat<?>> vectors;

  TableVectors(EmbeddingTable table, Similarity similarity) {
    this.similarity = similarity;
    this.width = table.width();
    this.vectors = new ArrayList<>(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      vectors.add(prepared(table.row(row)));
    }
  }

  /** The library tells at each start which of its ways of computing this Java does not have. */
  private static Logger quiet() {
    Logger logger = Logger.getLogger("io.github.jbellis.jvector");
    logger.setLevel(Level.SEVERE);
    return logger;
  }

  VectorSimilarityFunction function() {
    return similarity == Similarity.COSINE
        ? VectorSimilarityFunction.DOT_PRODUCT
        : VectorSimilarityFunction.EUCLIDEAN;
  }

  VectorFloat<?> prepared(float[] vector) {
    float[] numbers = vector.clone();
    if (similarity == Similarity.COSINE) {
      double square = 0;
      for (float x : numbers) {
        square += (double) x * x;
      }
      double length = square == 0 ? 1 : Math.sqrt(square);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) (numbers[i] / length);
      }
    }
    return TYPES.createFloatVector(numbers);
  }

  @Override
  public int size() {
    return vectors.size();
  }

  @Override
  public int dimension() {
    return width;
  }

  @Override
  public VectorFloat<?> getVector(int row) {
    return vectors.get(row);
  }

  @Override
  public boolean isValueShared() {
    return false;
  }

  @Override
  public RandomAccessVectorValues copy() {
    return this;
  }
}
