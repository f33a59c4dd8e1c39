package org.anymod.media.measures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr-D of a set of texts: how alike predictions and references are as counts of runs of up to
 * four words, where a run counts the more the fewer samples have it in a reference; times ten, as
 * published. Words are taken as they are, not stemmed.
 *
 * <p>Source: R. Vedantam et al., "CIDEr: consensus-based image description evaluation", 2015,
 * section 4 and equation 4. Runs that every sample has weigh nothing, so a single sample scores 0.
 */
public final class CiderD {
  private static final int ORDERS = 4;
  private static final double SIGMA = 6;
  private static final double SCALE = 10;

  private final List<List<String>> predictions = new ArrayList<>();
  private final List<List<List<String>>> references = new ArrayList<>();
  private final Map<List<String>, Integer> samplesWith = new HashMap<>();

  /** Starts without texts. */
  public CiderD() {}

  /**
   * Adds a sample.
   *
   * @param prediction words of the predicted text
   * @param truths words of each true text, at least one
   */
  public void add(List<String> prediction, List<List<String>> truths) {
    predictions.add(List.copyOf(prediction));
    references.add(truths.stream().map(List::copyOf).toList());
    Set<List<String>> runs = new HashSet<>();
    for (List<String> truth : truths) {
      for (int n = 1; n <= ORDERS; n++) {
        runs.addAll(Ngrams.counts(truth, n).keySet());
      }
    }
    runs.forEach(run -> samplesWith.merge(run, 1, Integer::sum));
  }

  /**
   * Returns the mean over all samples so far.
   *
   * @return 0 to 10; NaN without samples
   */
  public double score() {
    double sum = 0;
    for (int i = 0; i < predictions.size(); i++) {
      double sample = 0;
      for (List<String> reference : references.get(i)) {
        sample += likeness(predictions.get(i), reference);
      }
      sum += sample / references.get(i).size();
    }
    return SCALE * sum / predictions.size();
  }

  private double likeness(List<String> prediction, List<String> reference) {
    double apart = prediction.size() - reference.size();
    double sum = 0;
    for (int n = 1; n <= ORDERS; n++) {
      sum += cosine(weights(prediction, n), weights(reference, n));
    }
    return Math.exp(-apart * apart / (2 * SIGMA * SIGMA)) * sum / ORDERS;
  }

  /** The cosine with predicted weights cut at the true ones, so that repeating does not pay. */
  private static double cosine(Map<List<String>, Double> a, Map<List<String>, Double> b) {
    double product = 0;
    for (Map.Entry<List<String>, Double> run : a.entrySet()) {
      double other = b.getOrDefault(run.getKey(), 0.0);
      product += Math.min(run.getValue(), other) * other;
    }
    double lengths = Math.sqrt(square(a)) * Math.sqrt(square(b));
    return lengths > 0 ? product / lengths : 0;
  }

  private static double square(Map<List<String>, Double> weights) {
    double sum = 0;
    for (double weight : weights.values()) {
      sum += weight * weight;
    }
    return sum;
  }

  private Map<List<String>, Double> weights(List<String> words, int n) {
    Map<List<String>, Double> weights = new HashMap<>();
    double samples = Math.log(predictions.size());
    Ngrams.counts(words, n)
        .forEach(
            (run, count) ->
                weights.put(run, count * (samples - Math.log(samplesWith.getOrDefault(run, 1)))));
    return weights;
  }
}
