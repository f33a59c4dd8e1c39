package org.anymod.core.retrieval;

import java.io.IOException;
import java.util.List;

/** Embeddings of some samples of a dataset, by number. */
interface EmbeddingSource {

  /** Names of the samples, in the order of their numbers. */
  List<String> names();

  /**
   * Returns the vectors of consecutive samples.
   *
   * @param from first number
   * @param to number after the last
   */
  List<float[]> rows(int from, int to) throws IOException;
}
