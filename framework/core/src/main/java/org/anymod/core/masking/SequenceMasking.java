package org.anymod.core.masking;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Divides sequences of ids and of vectors into what is shown and what is to be predicted. */
final class SequenceMasking {
  private static final int[] NOTHING = {};

  private final SpecialTokens special;
  private final int maxTries;
  private final int maxSpans;

  SequenceMasking(SpecialTokens special, int maxTries) {
    if (special.sentinels() < 3) {
      throw new IllegalArgumentException(
          "the vocabulary has "
              + special.sentinels()
              + " sentinels, masking a sequence needs at least 3");
    }
    this.special = special;
    this.maxTries = maxTries;
    // Spans count from 1, and the target closes with a sentinel of its own.
    this.maxSpans = special.sentinels() - 2;
  }

  /**
   * Masks a sequence of ids.
   *
   * @param inputBudget largest number of ids shown, sentinels included
   * @param targetBudget largest number of ids to predict, sentinels included
   */
  Masked.Sequence mask(
      SequenceUnits units, int inputBudget, int targetBudget, Keep keep, RandomGenerator random) {
    SpanMasking spans = new SpanMasking(units.ends());
    spans.drawWithin(inputBudget, keep, maxSpans, maxTries, random);
    int[] input = inputBudget == 0 ? NOTHING : spans.input(units.ids(), special);
    return new Masked.Sequence(
        input, cut(spans.target(units.ids(), special), targetBudget, random));
  }

  /** Masks a sequence of vectors, of which hidden ones are not predicted. */
  Masked.Vectors maskVectors(int count, int inputBudget, Keep keep, RandomGenerator random) {
    SpanMasking spans = new SpanMasking(SequenceUnits.singles(count));
    spans.drawWithin(inputBudget, keep, Integer.MAX_VALUE, maxTries, random);
    return new Masked.Vectors(inputBudget == 0 ? NOTHING : spans.rows());
  }

  /**
   * Shortens a target to its budget, beginning at a random sentinel so that every span is learnt.
   */
  private int[] cut(int[] target, int budget, RandomGenerator random) {
    if (target.length <= budget) {
      return target;
    }
    int[] starts = sentinelPlaces(target);
    // The closing sentinel has nothing behind it and is not begun with, unless it is the only one.
    int start = starts[random.nextInt(Math.max(1, starts.length - 1))];
    if (target.length - start >= budget) {
      return Arrays.copyOfRange(target, start, start + budget);
    }
    for (int candidate : starts) {
      if (target.length - candidate <= budget) {
        return Arrays.copyOfRange(target, candidate, target.length);
      }
    }
    throw new IllegalStateException(
        "no suffix of " + target.length + " ids fits a budget of " + budget);
  }

  private int[] sentinelPlaces(int[] target) {
    int[] places = new int[target.length];
    int count = 0;
    for (int i = 0; i < target.length; i++) {
      if (special.isSentinel(target[i])) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }
}
