package org.anymod.core.masking;

import org.anymod.networks.text.TextTokenizer;

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
   * Returns the number of sentinels. They count from 0, masking begins with 1 and needs at least
   * the first three.
   *
   * @return how many there are
   */
  int sentinels();

  /**
   * Returns the special tokens of a vocabulary.
   *
   * @param tokenizer the vocabulary
   * @return a view of it
   */
  static SpecialTokens of(TextTokenizer tokenizer) {
    return new SpecialTokens() {
      @Override
      public int eos() {
        return tokenizer.eos();
      }

      @Override
      public int sentinel(int k) {
        return tokenizer.sentinel(k);
      }

      @Override
      public boolean isSentinel(int id) {
        return tokenizer.isSentinel(id);
      }

      @Override
      public int sentinels() {
        return tokenizer.sentinels();
      }
    };
  }
}
