package org.anymod.core.retrieval;

/**
 * What a graph was made of: the file {@code graph.json} beside it.
 *
 * @param version of this file's form
 * @param vectors identity of the vectors
 * @param similarity how they were compared
 * @param degree largest number of edges of a vector
 * @param breadth vectors that were kept in view when edges were looked for
 */
record GraphContract(int version, String vectors, String similarity, int degree, int breadth) {
  static final int VERSION = 1;

  static GraphContract of(String vectors, Similarity similarity, GraphSettings settings) {
    return new GraphContract(
        VERSION, vectors, similarity.label(), settings.degree(), settings.breadth());
  }
}
