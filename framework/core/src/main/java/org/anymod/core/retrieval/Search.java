package org.anymod.core.retrieval;

import java.util.List;

/** Finds the vectors of a gallery that are most alike to others. For use by one thread. */
public interface Search extends AutoCloseable {

  /**
   * Searches.
   *
   * @param queries vectors of the gallery's width
   * @param top neighbours of each, at most as many as the gallery has vectors
   * @return for each query its neighbours, the most alike first; those equally alike in the order
   *     of their rows
   * @throws IllegalArgumentException if a query has another width or is not finite, or {@code top}
   *     is out of range
   */
  List<List<Neighbour>> search(List<float[]> queries, int top);

  @Override
  void close();
}
