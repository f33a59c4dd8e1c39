package org.anymod.media;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/** Counts over pairs of class maps. */
final class ClassMapErrors implements Metric.Accumulator {
  private final ClassMapSpec spec;
  private final int ignored;
  private final long[] hits;
  private final long[] predicted;
  private final long[] actual;

  ClassMapErrors(ClassMapSpec spec) {
    this.spec = spec;
    ignored = spec.ignored().orElse(-1);
    int classes = spec.labels().size();
    hits = new long[classes];
    predicted = new long[classes];
    actual = new long[classes];
  }

  @Override
  public void add(Value prediction, Value truth) {
    Value.ClassMap p = ValueTypes.classMap(prediction);
    Value.ClassMap t = ValueTypes.classMap(truth);
    checkSameSize(p, t);
    for (int i = 0; i < t.data().length; i++) {
      int expected = t.data()[i];
      if (expected != ignored) {
        int found = p.data()[i];
        actual[expected]++;
        predicted[found]++;
        hits[expected] += found == expected ? 1 : 0;
      }
    }
  }

  @Override
  public double error() {
    return 1 - meanIou();
  }

  @Override
  public Map<String, Double> figures() {
    long allHits = 0;
    long all = 0;
    for (int c = 0; c < hits.length; c++) {
      allHits += hits[c];
      all += actual[c];
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(ClassMapMetric.ERROR, error());
    figures.put("miou", meanIou());
    figures.put("pixel_accuracy", (double) allHits / all);
    for (int c = 0; c < hits.length; c++) {
      if (isPresent(c)) {
        figures.put("iou_" + spec.labels().get(c), iou(c));
      }
    }
    return figures;
  }

  private double meanIou() {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < hits.length; c++) {
      if (isPresent(c)) {
        sum += iou(c);
        present++;
      }
    }
    return sum / present;
  }

  private boolean isPresent(int c) {
    return c != ignored && actual[c] + predicted[c] > 0;
  }

  private double iou(int c) {
    return (double) hits[c] / (actual[c] + predicted[c] - hits[c]);
  }

  static void checkSameSize(Value.ClassMap found, Value.ClassMap expected) {
    if (found.height() != expected.height() || found.width() != expected.width()) {
      throw new IllegalArgumentException(
          "the class map is "
              + found.height()
              + " x "
              + found.width()
              + ", must be "
              + expected.height()
              + " x "
              + expected.width());
    }
  }
}
