package org.anymod.networks.diffusion;

import java.util.random.RandomGenerator;

/**
 * Hiding of the condition in training, so that a decoder also knows what to do without it
 * (classifier-free guidance, Ho and Salimans, arXiv 2207.12598).
 *
 * @param share share of samples that it happens to, in [0, 1]
 * @param partly whether some tokens of these are kept
 * @param low smallest number of tokens kept
 * @param high largest number of tokens kept; below 0 for all
 */
record ConditionDropping(double share, boolean partly, int low, int high) {

  /** Draws which tokens are hidden, (batch, tokens) in one row after the other. */
  boolean[] draw(int batch, int tokens, RandomGenerator random) {
    boolean[] hidden = new boolean[batch * tokens];
    for (int i = 0; i < batch; i++) {
      if (random.nextDouble() >= share) {
        continue;
      }
      int kept = partly ? count(tokens, random) : 0;
      int left = tokens;
      for (int j = 0; j < tokens; j++) {
        // Each set of this size is equally likely.
        boolean keep = kept > 0 && random.nextInt(left) < kept;
        left--;
        kept -= keep ? 1 : 0;
        hidden[i * tokens + j] = !keep;
      }
    }
    return hidden;
  }

  private int count(int tokens, RandomGenerator random) {
    int most = high < 0 ? tokens : Math.min(high, tokens);
    int least = Math.min(low, most);
    return least + random.nextInt(most - least + 1);
  }
}
