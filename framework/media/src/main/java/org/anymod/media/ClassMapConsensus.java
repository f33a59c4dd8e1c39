package org.anymod.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.spi.Value;

/**
 * Answers with the greatest mean intersection over union that can be expected where each of several
 * equally likely maps may be the truth.
 *
 * <p>Naming class {@code c} at a place where a share {@code v} of the maps has it, and a share
 * {@code w} is not ignored, adds {@code v} to the expected intersection of the class and {@code w -
 * v} to its union. Starting from the majority, place after place is given the class that raises the
 * mean the most, until nothing changes. Rare classes are named where they are likely for them,
 * though another class may be likelier: a majority would hardly ever name them.
 */
final class ClassMapConsensus {
  private static final int MAX_PASSES = 10;

  private final int classes;
  private final int ignored;
  private final List<? extends List<Value.ClassMap>> ensembles;
  private final double[] hits;
  private final double[] union;
  private final double[] shares;

  /**
   * Creates a consensus.
   *
   * @param classes number of classes
   * @param ignored the class that does not count, -1 for none
   * @param ensembles for each answer the maps that may be its truth, all of one size
   */
  ClassMapConsensus(int classes, int ignored, List<? extends List<Value.ClassMap>> ensembles) {
    this.classes = classes;
    this.ignored = ignored;
    this.ensembles = ensembles;
    hits = new double[classes];
    union = new double[classes];
    shares = new double[classes];
  }

  List<Value.ClassMap> find() {
    List<int[]> answers = majority();
    boolean changed = true;
    for (int pass = 0; changed && pass < MAX_PASSES; pass++) {
      changed = false;
      for (int i = 0; i < answers.size(); i++) {
        changed |= improve(answers.get(i), ensembles.get(i));
      }
    }
    List<Value.ClassMap> maps = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Value.ClassMap first = ensembles.get(i).get(0);
      maps.add(new Value.ClassMap(first.height(), first.width(), answers.get(i)));
    }
    return maps;
  }

  /** Names the most frequent class everywhere, the lower number on ties, and counts. */
  private List<int[]> majority() {
    List<int[]> answers = new ArrayList<>();
    for (List<Value.ClassMap> maps : ensembles) {
      int[] answer = new int[maps.get(0).data().length];
      for (int place = 0; place < answer.length; place++) {
        double counted = count(maps, place);
        int best = ignored == 0 && classes > 1 ? 1 : 0;
        for (int c = 0; c < classes; c++) {
          union[c] += shares[c];
          best = c != ignored && shares[c] > shares[best] ? c : best;
        }
        answer[place] = best;
        name(best, counted, 1);
      }
      answers.add(answer);
    }
    return answers;
  }

  private boolean improve(int[] answer, List<Value.ClassMap> maps) {
    boolean changed = false;
    for (int place = 0; place < answer.length; place++) {
      double counted = count(maps, place);
      int old = answer[place];
      name(old, counted, -1);
      int best = old;
      double bestGain = gain(old, counted);
      for (int c = 0; c < classes; c++) {
        if (shares[c] > 0 && c != old) {
          double gain = gain(c, counted);
          // Far above rounding, so that equal choices do not alternate for ever.
          if (gain > bestGain + 1e-12) {
            best = c;
            bestGain = gain;
          }
        }
      }
      name(best, counted, 1);
      answer[place] = best;
      changed |= best != old;
    }
    return changed;
  }

  /** Finds the share of each class at a place and returns how much of it is not ignored. */
  private double count(List<Value.ClassMap> maps, int place) {
    Arrays.fill(shares, 0);
    double one = 1.0 / maps.size();
    for (Value.ClassMap map : maps) {
      shares[map.data()[place]] += one;
    }
    if (ignored < 0) {
      return 1;
    }
    double counted = 1 - shares[ignored];
    shares[ignored] = 0;
    return counted;
  }

  private void name(int c, double counted, int sign) {
    hits[c] += sign * shares[c];
    union[c] += sign * (counted - shares[c]);
  }

  private double gain(int c, double counted) {
    double after = union[c] + counted - shares[c];
    double before = union[c] > 0 ? hits[c] / union[c] : 0;
    return after > 0 ? (hits[c] + shares[c]) / after - before : 0;
  }
}
