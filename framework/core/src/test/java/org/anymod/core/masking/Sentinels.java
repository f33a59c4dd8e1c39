package org.anymod.core.masking;

/** Special tokens as the published vocabulary numbers them: the end is 3, sentinels begin at 4. */
record Sentinels(int sentinels) implements SpecialTokens {
  static final Sentinels PUBLISHED = new Sentinels(200);

  @Override
  public int eos() {
    return 3;
  }

  @Override
  public int sentinel(int k) {
    if (k < 0 || k >= sentinels) {
      throw new IllegalArgumentException("there is no sentinel " + k);
    }
    return 4 + k;
  }

  @Override
  public boolean isSentinel(int id) {
    return id >= 4 && id < 4 + sentinels;
  }
}
