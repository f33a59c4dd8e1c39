package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How a batch spreads over the codes, each codebook counted for itself and then averaged.
 *
 * @param perplexity exponential of the entropy of the codes; the number of codes at best
 * @param used part of the codes that occurs at all
 */
public record CodeUse(double perplexity, double used) {

  /**
   * Counts codes.
   *
   * @param ids {@code (batch, codebooks, places)}
   * @param codes number of different codes
   * @return the use
   */
  public static CodeUse of(NDArray ids, int codes) {
    Shape shape = ids.getShape();
    int books = (int) shape.get(1);
    int places = (int) shape.get(2);
    long[][] hits = new long[books][codes];
    long[] flat = ids.toLongArray();
    for (int i = 0; i < flat.length; i++) {
      hits[i / places % books][(int) flat[i]]++;
    }
    double total = (double) flat.length / books;
    double perplexity = 0;
    double used = 0;
    for (long[] book : hits) {
      double entropy = 0;
      for (long count : book) {
        if (count > 0) {
          entropy -= count / total * Math.log(count / total);
          used++;
        }
      }
      perplexity += Math.exp(entropy);
    }
    return new CodeUse(perplexity / books, used / books / codes);
  }
}
