package org.anymod.core.retrieval;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;

/** A gallery as the graph's library sees it: at length 1 for cosines, so that products do. */
final class TableVectors implements RandomAccessVectorValues {
  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  private final EmbeddingTable table;
  private final Similarity similarity;

  TableVectors(EmbeddingTable table, Similarity similarity) {
    this.table = table;
    this.similarity = similarity;
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
    return table.rows();
  }

  @Override
  public int dimension() {
    return table.width();
  }

  @Override
  public VectorFloat<?> getVector(int row) {
    return prepared(table.row(row));
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
