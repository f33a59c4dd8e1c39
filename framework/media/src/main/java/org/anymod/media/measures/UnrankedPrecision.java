package org.anymod.media.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * Average precision of predictions that carry no scores. All count as one step of the ranking, so
 * that their order does not matter: precision up to the recall that is reached, nothing beyond, at
 * the recalls 0, 0.01, ..., 1.
 *
 * <p>Source: T.-Y. Lin et al., "Microsoft COCO: common objects in context", 2014, and its
 * evaluation rules; without classes.
 */
public final class UnrankedPrecision {
  private static final int RECALLS = 100;
  private static final int OVERLAPS = 10;

  private final List<double[][]> samples = new ArrayList<>();
  private long predictions;
  private long truths;

  /** Starts without samples. */
  public UnrankedPrecision() {}

  /**
   * Adds a sample.
   *
   * @param overlaps intersection over union of each prediction (rows) with each truth (columns)
   * @param truthCount number of truths, also where nothing is predicted
   */
  public void add(double[][] overlaps, int truthCount) {
    samples.add(overlaps);
    predictions += overlaps.length;
    truths += truthCount;
  }

  /**
   * Returns the average precision at one overlap. A truth is hit by at most one prediction, those
   * with the largest overlap first.
   *
   * @param overlap smallest overlap of a hit
   * @return 0 to 1; without any truth 1 if nothing is predicted either, else 0; NaN without samples
   */
  public double at(double overlap) {
    if (samples.isEmpty()) {
      return Double.NaN;
    }
    if (truths == 0 || predictions == 0) {
      return truths == predictions ? 1 : 0;
    }
    long hits = 0;
    for (double[][] sample : samples) {
      hits += hits(sample, overlap);
    }
    if (hits == 0) {
      return 0;
    }
    double recalls = hits * RECALLS / truths + 1;
    return (double) hits / predictions * recalls / (RECALLS + 1);
  }

  private static int hits(double[][] overlaps, double least) {
    boolean[] taken = new boolean[overlaps.length];
    boolean[] found = new boolean[overlaps.length == 0 ? 0 : overlaps[0].length];
    int hits = 0;
    while (take(overlaps, least, taken, found)) {
      hits++;
    }
    return hits;
  }

  /** Takes the free pair with the largest overlap, the first on ties. */
  private static boolean take(double[][] overlaps, double least, boolean[] taken, boolean[] found) {
    int prediction = -1;
    int truth = -1;
    double best = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < taken.length; p++) {
      for (int t = 0; t < found.length; t++) {
        boolean free = !taken[p] && !found[t];
        if (free && overlaps[p][t] >= least && overlaps[p][t] > best) {
          prediction = p;
          truth = t;
          best = overlaps[p][t];
        }
      }
    }
    if (prediction >= 0) {
      taken[prediction] = true;
      found[truth] = true;
    }
    return prediction >= 0;
  }

  /**
   * Returns the mean over the overlaps 0.5, 0.55, ..., 0.95.
   *
   * @return 0 to 1; NaN without samples
   */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < OVERLAPS; i++) {
      sum += at((50 + 5 * i) / 100.0);
    }
    return sum / OVERLAPS;
  }
}
