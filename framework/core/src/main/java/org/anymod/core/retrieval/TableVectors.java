package org.anymod.core.retrieval;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A gallery as the graph's library sees it: at length 1 for cosines, so that products do; all in
 * memory.
 */
final class TableVectors implements RandomAccessVectorValues {
  private static final int SAMPLE = 4096;

  /** Kept here, for a logger that nobody holds is forgotten with its level. */
  private static final Logger LIBRARY = quiet();

  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  /** The shortest vector there is. */
  static final VectorFloat<?> ONE_NUMBER = TYPES.createFloatVector(1);

  private final Similarity similarity;
  private final int width;
  private final List<VectorFloat<?>> vectors;

  /** All numbers of all vectors. */
  TableVectors(EmbeddingTable table, Similarity similarity) {
    this(table, similarity, table.width(), vector -> vector);
  }

  private TableVectors(
      EmbeddingTable table, Similarity similarity, int width, UnaryOperator<float[]> change) {
    this.similarity = similarity;
    this.width = width;
    this.vectors = new ArrayList<>(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      float[] whole = scaled(table.row(row), similarity);
      vectors.add(TYPES.createFloatVector(scaled(change.apply(whole), similarity)));
    }
  }

  /**
   * What is left of all vectors in the directions in which they differ most: compared in a fraction
   * of the time, nearly as alike as they are.
   *
   * @param width number of directions
   */
  static TableVectors narrowed(EmbeddingTable table, Similarity similarity, int width) {
    PrincipalDirections directions = PrincipalDirections.of(sample(table, similarity), width);
    return new TableVectors(table, similarity, width, directions::along);
  }

  /** Vectors from everywhere in the table; for distances, what they differ from their mean in. */
  private static List<float[]> sample(EmbeddingTable table, Similarity similarity) {
    int count = Math.min(SAMPLE, table.rows());
    List<float[]> sample = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sample.add(scaled(table.row((int) ((long) i * table.rows() / count)), similarity));
    }
    if (similarity == Similarity.L2) {
      subtractMean(sample, table.width());
    }
    return sample;
  }

  private static void subtractMean(List<float[]> vectors, int width) {
    for (int d = 0; d < width; d++) {
      double sum = 0;
      for (float[] vector : vectors) {
        sum += vector[d];
      }
      float mean = (float) (sum / vectors.size());
      for (float[] vector : vectors) {
        vector[d] -= mean;
      }
    }
  }

  private static float[] scaled(float[] vector, Similarity similarity) {
    return similarity == Similarity.COSINE ? Similarity.atUnitLength(vector) : vector;
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
    return TYPES.createFloatVector(scaled(vector, similarity));
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
