package org.anymod.media.measures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a set of texts with runs of up to four words: the geometric mean of the shares of
 * predicted runs that a reference has, times a penalty for predictions that are too short; not
 * smoothed. Lengths of runs that no prediction is long enough for are left out, so that equal texts
 * have a score of 1 however short they are.
 *
 * <p>Source: K. Papineni et al., "BLEU: a method for automatic evaluation of machine translation",
 * 2002; with several references the length of the closest one counts, of two the shorter.
 */
public final class Bleu {
  private static final int ORDERS = 4;

  private final long[] hits = new long[ORDERS];
  private final long[] runs = new long[ORDERS];
  private long predicted;
  private long wanted;

  /** Starts without texts. */
  public Bleu() {}

  /**
   * Adds a sample.
   *
   * @param prediction words of the predicted text
   * @param references words of each true text, at least one
   */
  public void add(List<String> prediction, List<List<String>> references) {
    for (int n = 1; n <= ORDERS; n++) {
      Map<List<String>, Integer> allowed = new HashMap<>();
      for (List<String> reference : references) {
        Ngrams.counts(reference, n).forEach((run, count) -> allowed.merge(run, count, Math::max));
      }
      for (Map.Entry<List<String>, Integer> run : Ngrams.counts(prediction, n).entrySet()) {
        runs[n - 1] += run.getValue();
        hits[n - 1] += Math.min(run.getValue(), allowed.getOrDefault(run.getKey(), 0));
      }
    }
    predicted += prediction.size();
    wanted += closest(prediction.size(), references);
  }

  private static int closest(int length, List<List<String>> references) {
    int best = references.get(0).size();
    for (List<String> reference : references) {
      int apart = Math.abs(reference.size() - length);
      int least = Math.abs(best - length);
      if (apart < least || apart == least && reference.size() < best) {
        best = reference.size();
      }
    }
    return best;
  }

  /**
   * Returns the score over all samples so far.
   *
   * @return 0 to 1; 0 without any predicted word
   */
  public double score() {
    double logarithms = 0;
    int orders = 0;
    for (int n = 0; n < ORDERS && runs[n] > 0; n++) {
      logarithms += Math.log((double) hits[n] / runs[n]);
      orders++;
    }
    if (orders == 0) {
      return 0;
    }
    double penalty = predicted >= wanted ? 1 : Math.exp(1 - (double) wanted / predicted);
    return penalty * Math.exp(logarithms / orders);
  }
}
