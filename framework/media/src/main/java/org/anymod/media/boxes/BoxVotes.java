package org.anymod.media.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anymod.media.Box;

/**
 * Combines the boxes of several pictures, or of several guesses of one: boxes of the same class
 * that overlap by at least half are one, with their mean sides and the part of the pictures that
 * have it as score.
 */
final class BoxVotes {
  private static final double SAME = 0.5;

  private final List<Cluster> clusters = new ArrayList<>();
  private int voters;

  /** Adds the boxes of one picture, each a vote for at most one cluster. */
  void add(List<LabelledBox> detections) {
    voters++;
    for (LabelledBox detection : detections) {
      Cluster best = null;
      double bestIou = SAME;
      for (Cluster cluster : clusters) {
        if (cluster.lastVoter < voters && cluster.label.equals(detection.label())) {
          double iou = cluster.mean().iou(detection.box());
          if (iou >= bestIou) {
            best = cluster;
            bestIou = iou;
          }
        }
      }
      if (best == null) {
        best = new Cluster(detection.label());
        clusters.add(best);
      }
      best.add(detection, voters);
    }
  }

  /** Returns the clusters with the most votes. */
  List<LabelledBox> best(int max) {
    return clusters.stream()
        .sorted(Comparator.comparingDouble(cluster -> -cluster.votes))
        .limit(max)
        .map(cluster -> new LabelledBox(cluster.mean(), cluster.label, cluster.votes / voters))
        .toList();
  }

  private static final class Cluster {
    private final String label;
    private final double[] sums = new double[4];
    private double votes;
    private int count;
    private int lastVoter;

    Cluster(String label) {
      this.label = label;
    }

    void add(LabelledBox detection, int voter) {
      Box box = detection.box();
      sums[0] += box.left();
      sums[1] += box.top();
      sums[2] += box.right();
      sums[3] += box.bottom();
      votes += detection.score();
      count++;
      lastVoter = voter;
    }

    Box mean() {
      return new Box(sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count);
    }
  }
}
