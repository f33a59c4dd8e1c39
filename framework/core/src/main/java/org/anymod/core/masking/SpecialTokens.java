package org.anymod.core.masking;

/** The ids with a meaning of their own that masking writes into sequences. */
public interface SpecialTokens {

  /**
   * Returns the id that closes a sequence.
   *
   * @return an id
   */
  int eos();

  /**
   * Returns the id that stands for the k-th hidden span.
   *
   * @param k 1 to {@code sentinels() - 1}
   * @return an id
   */
  int sentinel(int k);

  /**
   * Returns whether an id stands for a hidden span.
   *
   * @param id any number
   * @return true if it is some {@code sentinel(k)}
   */
  boolean isSentinel(int id);

  /**
   * Returns the number of sentinels. They count from 0, masking begins with 1 and needs at least the first three.
   *
   * @return how many there are
   */
  int sentinels();
}
