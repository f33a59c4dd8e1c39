package org.anymod.core.benchmark;

import org.anymod.core.masking.SpecialTokens;

/**
 * Special tokens of a vocabulary that exists only by its numbers: four control tokens, of which the
 * last is the end token, then the sentinels.
 *
 * @param sentinels number of sentinels, at least 3
 */
public record FixedTokens(int sentinels) implements SpecialTokens {
  private static final int FIRST_SENTINEL = 4;

  /** Checks that masking has enough sentinels. */
  public FixedTokens {
    if (sentinels < 3) {
      throw new IllegalArgumentException("sentinels is " + sentinels + ", must be at least 3");
    }
  }

  @Override
  public int eos() {
    return FIRST_SENTINEL - 1;
  }

  @Override
  public int sentinel(int k) {
    return FIRST_SENTINEL + k;
  }

  @Override
  public boolean isSentinel(int id) {
    return id >= FIRST_SENTINEL && id < first();
  }

  /** Returns the first id that is not special. */
  int first() {
    return FIRST_SENTINEL + sentinels;
  }
}
