package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/**
 * Which units of a sequence are shown. Each run of hidden units is replaced by one sentinel (T5's
 * span corruption, arXiv 1910.10683, section 3.1.4; arXiv 2312.06647, section 3.2).
 */
final class SpanMasking {
  private static final double DECAY = 0.9;

  private final int[] ends;
  private final boolean[] shown;
  private int inputLength;
  private int hiddenSpans;

  SpanMasking(int[] ends) {
    this.ends = ends;
    this.shown = new boolean[ends.length];
  }

  /**
   * Draws which units are shown, again and with a probability that shrinks, until the input fits.
   *
   * @param budget largest input length; with 0 everything is hidden
   * @param maxSpans largest number of hidden runs, at least 1
   */
  void drawWithin(int budget, Keep keep, int maxSpans, int maxTries, RandomGenerator random) {
    double probability = budget == 0 ? 0.0 : keep.drawProbability(random);
    draw(probability, random);
    for (int tries = 1; budget > 0 && (inputLength > budget || hiddenSpans > maxSpans); tries++) {
      // Hiding all takes a single place: the last try always fits.
      probability = tries < maxTries ? probability * DECAY : 0.0;
      draw(probability, random);
    }
  }

  /** Draws which units are shown, each with the given probability. */
  void draw(double probability, RandomGenerator random) {
    inputLength = 0;
    hiddenSpans = 0;
    boolean hiding = false;
    int start = 0;
    for (int i = 0; i < shown.length; i++) {
      boolean show = random.nextDouble() < probability;
      shown[i] = show;
      if (show) {
        inputLength += ends[i] - start;
      } else if (!hiding) {
        hiddenSpans++;
        inputLength++;
      }
      hiding = !show;
      start = ends[i];
    }
  }

  /** Returns what is shown, with a sentinel in place of each hidden run. */
  int[] input(int[] ids, SpecialTokens special) {
    int[] input = new int[inputLength];
    int at = 0;
    int span = 0;
    int start = 0;
    for (int i = 0; i < shown.length; i++) {
      if (shown[i]) {
        System.arraycopy(ids, start, input, at, ends[i] - start);
        at += ends[i] - start;
      } else if (i == 0 || shown[i - 1]) {
        input[at++] = special.sentinel(++span);
      }
      start = ends[i];
    }
    return input;
  }

  /** Returns each hidden run behind its sentinel, and one more sentinel that closes the whole. */
  int[] target(int[] ids, SpecialTokens special) {
    int shownLength = inputLength - hiddenSpans;
    int[] target = new int[ids.length - shownLength + hiddenSpans + 1];
    int at = 0;
    int span = 0;
    int start = 0;
    for (int i = 0; i < shown.length; i++) {
      if (!shown[i]) {
        if (i == 0 || shown[i - 1]) {
          target[at++] = special.sentinel(++span);
        }
        System.arraycopy(ids, start, target, at, ends[i] - start);
        at += ends[i] - start;
      }
      start = ends[i];
    }
    target[at] = special.sentinel(span + 1);
    return target;
  }

  /**
   * Returns the index of each shown unit, with -1 in place of each hidden run. Units have length 1.
   */
  int[] rows() {
    int[] rows = new int[inputLength];
    int at = 0;
    for (int i = 0; i < shown.length; i++) {
      if (shown[i]) {
        rows[at++] = i;
      } else if (i == 0 || shown[i - 1]) {
        rows[at++] = -1;
      }
    }
    return rows;
  }
}
