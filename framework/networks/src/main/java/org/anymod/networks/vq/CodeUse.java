package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.anymod.spi.Peers;

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
   * @param batches {@code (batch, codebooks, places)}, at least one
   * @param codes number of different codes
   * @return the use in all batches together
   */
  public static CodeUse of(List<NDArray> batches, int codes) {
    return of(batches, codes, Peers.NONE);
  }

  /**
   * Counts codes of several processes.
   *
   * @param batches {@code (batch, codebooks, places)}, at least one
   * @param codes number of different codes
   * @param peers who has other batches, of the same shapes
   * @return the use in all batches of all of them
   */
  public static CodeUse of(List<NDArray> batches, int codes, Peers peers) {
    int books = (int) batches.get(0).getShape().get(1);
    long[][] hits = new long[books][codes];
    double total = 0;
    for (NDArray ids : batches) {
      int places = (int) ids.getShape().get(2);
      long[] flat = ids.toLongArray();
      for (int i = 0; i < flat.length; i++) {
        hits[i / places % books][(int) flat[i]]++;
      }
      total += (double) flat.length / books;
    }
    total *= peers.size();
    for (long[] book : hits) {
      peers.sum(book);
    }
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
