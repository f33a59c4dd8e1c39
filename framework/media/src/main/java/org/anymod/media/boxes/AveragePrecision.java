package org.anymod.media.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Mean average precision as COCO defines it: precision as a function of recall, made to fall, at
 * the recalls 0, 0.01, ..., 1; the mean over the classes that occur. Predictions of the same score
 * count as one step, so that their order does not matter.
 *
 * <p>Source: T.-Y. Lin et al., "Microsoft COCO: common objects in context", 2014, and its
 * evaluation rules; without the limit of 100 boxes a picture and without crowds.
 */
final class AveragePrecision {
  private static final int RECALLS = 100;

  private final List<Sample> samples = new ArrayList<>();

  /** Predicted and true boxes of one picture. */
  private record Sample(List<LabelledBox> predicted, List<LabelledBox> truth) {}

  /** A prediction and whether it hit a true box that no better prediction hit. */
  private record Scored(double score, boolean hit) {}

  void add(List<LabelledBox> predicted, List<LabelledBox> truth) {
    samples.add(new Sample(predicted, truth));
  }

  /**
   * Returns the mean over classes at one overlap; without any true box 1 if nothing is predicted
   * either, else 0; NaN without samples.
   */
  double at(double iou) {
    if (samples.isEmpty()) {
      return Double.NaN;
    }
    TreeSet<String> labels = new TreeSet<>();
    samples.forEach(sample -> sample.truth().forEach(truth -> labels.add(truth.label())));
    if (labels.isEmpty()) {
      return samples.stream().allMatch(sample -> sample.predicted().isEmpty()) ? 1 : 0;
    }
    return labels.stream().mapToDouble(label -> at(label, iou)).average().orElseThrow();
  }

  private double at(String label, double iou) {
    List<Scored> scored = new ArrayList<>();
    int truths = 0;
    for (Sample sample : samples) {
      List<LabelledBox> truth = ofLabel(sample.truth(), label);
      truths += truth.size();
      score(ofLabel(sample.predicted(), label), truth, iou, scored);
    }
    scored.sort(Comparator.comparingDouble(s -> -s.score()));
    return area(scored, truths);
  }

  private static List<LabelledBox> ofLabel(List<LabelledBox> all, String label) {
    return all.stream()
        .filter(detection -> detection.label().equals(label))
        .sorted(Comparator.comparingDouble(d -> -d.score()))
        .toList();
  }

  private static void score(
      List<LabelledBox> predicted, List<LabelledBox> truth, double iou, List<Scored> scored) {
    boolean[] taken = new boolean[truth.size()];
    for (LabelledBox prediction : predicted) {
      int best = -1;
      double bestIou = iou;
      for (int i = 0; i < taken.length; i++) {
        double overlap = prediction.box().iou(truth.get(i).box());
        if (!taken[i] && overlap >= bestIou) {
          best = i;
          bestIou = overlap;
        }
      }
      if (best >= 0) {
        taken[best] = true;
      }
      scored.add(new Scored(prediction.score(), best >= 0));
    }
  }

  private static double area(List<Scored> scored, int truths) {
    double[] precisions = new double[RECALLS + 1];
    int hits = 0;
    for (int i = 0; i < scored.size(); i++) {
      hits += scored.get(i).hit() ? 1 : 0;
      boolean lastOfScore =
          i + 1 == scored.size() || scored.get(i + 1).score() < scored.get(i).score();
      if (lastOfScore) {
        int reached = (int) ((long) hits * RECALLS / truths);
        precisions[reached] = Math.max(precisions[reached], (double) hits / (i + 1));
      }
    }
    double sum = 0;
    double highest = 0;
    for (int recall = RECALLS; recall >= 0; recall--) {
      highest = Math.max(highest, precisions[recall]);
      sum += highest;
    }
    return sum / (RECALLS + 1);
  }
}
