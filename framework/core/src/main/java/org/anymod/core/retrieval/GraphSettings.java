package org.anymod.core.retrieval;

/**
 * How a graph of neighbours is built and searched. More of either number finds more of the true
 * neighbours and takes longer.
 *
 * @param degree largest number of edges of a vector
 * @param breadth vectors that are kept in view when edges are looked for, and in a search
 */
public record GraphSettings(int degree, int breadth) {
  /** What serves well for some hundred thousand vectors. */
  public static final GraphSettings DEFAULT = new GraphSettings(32, 100);

  /** Checks ranges. */
  public GraphSettings {
    if (degree < 2 || degree > 512) {
      throw new IllegalArgumentException("degree is " + degree + ", must be from 2 to 512");
    }
    if (breadth < 1 || breadth > 65536) {
      throw new IllegalArgumentException("breadth is " + breadth + ", must be from 1 to 65536");
    }
  }
}
