package org.anymod.media.body;

import java.util.List;

/**
 * The pairs of predicted and true people of a picture.
 *
 * @param pairs number of pairs
 * @param overlaps sum of the overlaps of their boxes
 * @param distances sum of the distances of their joints
 * @param aligned sum of the distances of their joints once the bodies are aligned
 * @param error error of the picture, 0 to 1
 */
record Pairing(int pairs, double overlaps, double distances, double aligned, double error) {

  /** Pairs people, those first whose boxes overlap most; people whose boxes do not stay alone. */
  static Pairing of(List<PlacedHuman> predicted, List<PlacedHuman> truth) {
    boolean[] taken = new boolean[predicted.size()];
    boolean[] found = new boolean[truth.size()];
    int pairs = 0;
    double overlaps = 0;
    double distances = 0;
    double aligned = 0;
    double errors = 0;
    int[] pair = next(predicted, truth, taken, found);
    while (pair != null) {
      taken[pair[0]] = true;
      found[pair[1]] = true;
      PlacedHuman prediction = predicted.get(pair[0]);
      PlacedHuman human = truth.get(pair[1]);
      double overlap = prediction.box().iou(human.box());
      double distance = prediction.distance(human);
      pairs++;
      overlaps += overlap;
      distances += distance;
      aligned += prediction.alignedDistance(human);
      errors += (1 - overlap + Math.min(1, distance)) / 2;
      pair = next(predicted, truth, taken, found);
    }
    int people = predicted.size() + truth.size() - pairs;
    double error = people == 0 ? 0 : (errors + people - pairs) / people;
    return new Pairing(pairs, overlaps, distances, aligned, error);
  }

  /** Returns the free pair with the largest overlap; null if no boxes overlap. */
  private static int[] next(
      List<PlacedHuman> predicted, List<PlacedHuman> truth, boolean[] taken, boolean[] found) {
    int[] best = null;
    double bestOverlap = 0;
    for (int p = 0; p < taken.length; p++) {
      for (int t = 0; t < found.length; t++) {
        double overlap = predicted.get(p).box().iou(truth.get(t).box());
        if (!taken[p] && !found[t] && overlap > bestOverlap) {
          best = new int[] {p, t};
          bestOverlap = overlap;
        }
      }
    }
    return best;
  }
}
