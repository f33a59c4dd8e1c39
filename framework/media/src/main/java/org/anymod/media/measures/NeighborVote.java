package org.anymod.media.measures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Classifies vectors by their nearest neighbours in a gallery of labelled ones: each of the {@code
 * k} with the largest cosine votes for its label with the weight {@code exp(cosine / temperature)}.
 *
 * <p>Source: Z. Wu et al., "Unsupervised feature learning via non-parametric instance
 * discrimination", 2018, section 3.4; the published evaluation uses 20 neighbours and a temperature
 * of 0.07.
 */
public final class NeighborVote {
  private final List<float[]> gallery;
  private final List<String> labels;
  private final int neighbors;
  private final double temperature;

  /** A vector of the gallery and how near it is. */
  private record Near(int index, double cosine) {}

  /**
   * Takes a gallery.
   *
   * @param gallery vectors of equal width, at least one; of any length but 0
   * @param labels label of each
   * @param neighbors how many vote
   * @param temperature above 0; the smaller, the more the nearest decide
   * @throws IllegalArgumentException if the gallery is empty or labels do not fit it
   */
  public NeighborVote(
      List<float[]> gallery, List<String> labels, int neighbors, double temperature) {
    if (gallery.isEmpty() || gallery.size() != labels.size()) {
      throw new IllegalArgumentException(
          gallery.size()
              + " vectors with "
              + labels.size()
              + " labels, must be as many and at least one");
    }
    this.gallery = gallery.stream().map(NeighborVote::unit).toList();
    this.labels = List.copyOf(labels);
    this.neighbors = neighbors;
    this.temperature = temperature;
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    float[] result = vector.clone();
    for (int i = 0; square > 0 && i < result.length; i++) {
      result[i] = (float) (result[i] / Math.sqrt(square));
    }
    return result;
  }

  /**
   * Ranks the labels of the nearest neighbours of a vector.
   *
   * @param query a vector of the same width
   * @return the labels that were voted for, the one with most weight first; of equal ones that of
   *     the nearer neighbour first
   */
  public List<String> ranked(float[] query) {
    float[] unit = unit(query);
    List<Near> near = new ArrayList<>(gallery.size());
    for (int i = 0; i < gallery.size(); i++) {
      near.add(new Near(i, dot(unit, gallery.get(i))));
    }
    near.sort(Comparator.comparingDouble((Near n) -> -n.cosine).thenComparingInt(Near::index));
    Map<String, Double> votes = new LinkedHashMap<>();
    double nearest = near.get(0).cosine;
    for (Near one : near.subList(0, Math.min(neighbors, near.size()))) {
      // Relative to the nearest, since exp of a cosine over a small temperature may overflow.
      double weight = Math.exp((one.cosine - nearest) / temperature);
      votes.merge(labels.get(one.index), weight, Double::sum);
    }
    return votes.entrySet().stream()
        .sorted(Comparator.comparingDouble(vote -> -vote.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "the vector has " + a.length + " numbers, must have " + b.length);
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
