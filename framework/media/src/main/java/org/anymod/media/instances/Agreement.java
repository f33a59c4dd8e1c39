package org.anymod.media.instances;

import java.util.List;
import org.anymod.media.BinaryMask;

/**
 * How the instances of two pictures agree.
 *
 * @param ofTruth mean over the true instances of the largest overlap with a predicted one
 * @param ofPrediction mean over the predicted instances of the largest overlap with a true one
 * @param hits true instances that a predicted one overlaps by more than half
 * @param hitOverlaps sum of the overlaps of these
 * @param misses the other true instances
 * @param falseOnes predicted instances that hit none
 */
record Agreement(
    double ofTruth, double ofPrediction, int hits, double hitOverlaps, int misses, int falseOnes) {
  private static final double HIT = 0.5;

  static Agreement of(List<BinaryMask> predicted, List<BinaryMask> truth) {
    double[] bestOfTruth = new double[truth.size()];
    double[] bestOfPrediction = new double[predicted.size()];
    boolean[] taken = new boolean[predicted.size()];
    int hits = 0;
    double hitOverlaps = 0;
    for (int t = 0; t < truth.size(); t++) {
      int hit = -1;
      double hitOverlap = HIT;
      for (int p = 0; p < predicted.size(); p++) {
        double iou = predicted.get(p).iou(truth.get(t));
        bestOfTruth[t] = Math.max(bestOfTruth[t], iou);
        bestOfPrediction[p] = Math.max(bestOfPrediction[p], iou);
        if (!taken[p] && iou > hitOverlap) {
          hit = p;
          hitOverlap = iou;
        }
      }
      if (hit >= 0) {
        taken[hit] = true;
        hits++;
        hitOverlaps += hitOverlap;
      }
    }
    boolean same = truth.isEmpty() && predicted.isEmpty();
    return new Agreement(
        same ? 1 : mean(bestOfTruth),
        same ? 1 : mean(bestOfPrediction),
        hits,
        hitOverlaps,
        truth.size() - hits,
        predicted.size() - hits);
  }

  double error() {
    return 1 - (ofTruth + ofPrediction) / 2;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
