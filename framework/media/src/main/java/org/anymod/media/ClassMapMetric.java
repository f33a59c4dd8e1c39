package org.anymod.media;

import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * One minus the mean intersection over union of classes, counted over the whole set.
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
   * Returns the map with about the greatest mean intersection over union on at most 512 evenly
   * spaced truths.
   *
   * @throws IllegalArgumentException if there is no truth or they differ in size
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    return consensus(List.of(Subsample.<Value>evenly(truths, MAX_TRUTHS))).get(0);
  }

  /** {@inheritDoc} Classes are balanced over all samples together, as the error is. */
  @Override
  public List<Value> consensus(List<? extends List<? extends Value>> ensembles) {
    List<List<Value.ClassMap>> maps = new ArrayList<>();
    for (List<? extends Value> ensemble : ensembles) {
      List<Value.ClassMap> members = new ArrayList<>();
      for (Value value : ensemble) {
        members.add(ValueTypes.classMap(value));
        ClassMapErrors.checkSameSize(members.get(members.size() - 1), members.get(0));
      }
      maps.add(members);
    }
    int classes = spec.labels().size();
    return List.copyOf(new ClassMapConsensus(classes, spec.ignored().orElse(-1), maps).find());
  }
}
