package org.anymod.core.retrieval;

import java.util.List;

/** What a search may be asked. */
final class Requests {
  private Requests() {}

  static void check(EmbeddingTable gallery, List<float[]> queries, int top) {
    if (top < 1 || top > gallery.rows()) {
      throw new IllegalArgumentException(
          "asked for "
              + top
              + " neighbours, must be from 1 to "
              + gallery.rows()
              + ", the number of vectors in the gallery");
    }
    for (int i = 0; i < queries.size(); i++) {
      check(gallery.width(), queries.get(i), "query " + i);
    }
  }

  /** Refuses vectors of another width or with numbers that are not finite. */
  static void check(int width, float[] vector, String name) {
    if (vector.length != width) {
      throw new IllegalArgumentException(
          name + " has " + vector.length + " numbers, must have " + width);
    }
    for (int i = 0; i < width; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(
            name + ": number " + i + " is " + vector[i] + ", must be finite");
      }
    }
  }
}
