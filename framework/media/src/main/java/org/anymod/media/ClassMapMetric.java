package org.anymod.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * One minus the mean intersection over union of classes, counted over the whole set; its constant
 * is the majority class of each pixel.
 *
 * <p>The mean is over the classes present in truth or prediction. Places whose truth is the ignored
 * class are skipped, and that class takes no part in the mean. Figures: {@code miou_error}, {@code
 * miou}, {@code pixel_accuracy} and {@code iou_<label>} of each present class.
 */
public final class ClassMapMetric implements Metric {
  static final String ERROR = "miou_error";

  private static final int MAX_TRUTHS = 512;

  private final ClassMapSpec spec;

  /**
   * Creates a metric.
   *
   * @param spec labels and the ignored class
   */
  public ClassMapMetric(ClassMapSpec spec) {
    this.spec = spec;
  }

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new ClassMapErrors(spec);
  }

  /**
   * Returns the most frequent class of each pixel over at most 512 evenly spaced truths, the lower
   * number on ties.
   *
   * @throws IllegalArgumentException if there is no truth or they differ in size
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<Value.ClassMap> maps = new ArrayList<>();
    for (Value value : Subsample.<Value>evenly(truths, MAX_TRUTHS)) {
      Value.ClassMap map = ValueTypes.classMap(value);
      maps.add(map);
      ClassMapErrors.checkSameSize(map, maps.get(0));
    }
    Value.ClassMap first = maps.get(0);
    int[] majority = new int[first.data().length];
    int[] votes = new int[spec.labels().size()];
    for (int i = 0; i < majority.length; i++) {
      Arrays.fill(votes, 0);
      for (Value.ClassMap map : maps) {
        votes[map.data()[i]]++;
      }
      majority[i] = winner(votes);
    }
    return new Value.ClassMap(first.height(), first.width(), majority);
  }

  private int winner(int[] votes) {
    spec.ignored().ifPresent(ignored -> votes[ignored] = 0);
    int best = 0;
    for (int i = 1; i < votes.length; i++) {
      if (votes[i] > votes[best]) {
        best = i;
      }
    }
    return best;
  }
}
