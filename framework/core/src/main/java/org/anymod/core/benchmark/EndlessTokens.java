package org.anymod.core.benchmark;

import org.anymod.core.masking.SpecialTokens;

/**
 * Special tokens of which a model with random weights draws none, so that texts get as long as they
 * are asked to be.
 *
 * @param tokens gives the sentinel with which texts begin
 */
record EndlessTokens(FixedTokens tokens) implements SpecialTokens {
  private static final int NEVER = -1;

  @Override
  public int eos() {
    return NEVER;
  }

  @Override
  public int sentinel(int k) {
    return k == 1 ? tokens.sentinel(1) : NEVER - k;
  }

  @Override
  public boolean isSentinel(int id) {
    return id == tokens.sentinel(1);
  }

  @Override
  public int sentinels() {
    return tokens.sentinels();
  }
}
