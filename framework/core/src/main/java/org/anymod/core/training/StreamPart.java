package org.anymod.core.training;

/**
 * The part of each batch that a rank computes: neighbouring samples, as many for each rank.
 *
 * @param rank number of the rank, from 0
 * @param ranks number of ranks, at least 1
 */
public record StreamPart(int rank, int ranks) {
  /** Everything, by one process. */
  public static final StreamPart WHOLE = new StreamPart(0, 1);

  /**
   * Returns the samples of a part.
   *
   * @param batch samples of a batch
   * @param key key of the batch in the recipe, for the message
   * @return the samples of each rank
   * @throws IllegalArgumentException if the batch cannot be divided
   */
  public int count(int batch, String key) {
    if (batch % ranks != 0) {
      throw new IllegalArgumentException(
          "%s is %d, which %d processes cannot divide evenly: allowed are multiples of %d"
              .formatted(key, batch, ranks, ranks));
    }
    return batch / ranks;
  }

  /**
   * Returns where in a batch the part begins.
   *
   * @param batch samples of a batch
   * @return place of the part's first sample
   */
  public int first(int batch) {
    return rank * (batch / ranks);
  }
}
