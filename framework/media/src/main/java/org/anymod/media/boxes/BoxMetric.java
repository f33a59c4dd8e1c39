package org.anymod.media.boxes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Subsample;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * How many boxes are found, and how exactly: 1 minus COCO's mean average precision over the
 * overlaps 0.5, 0.55, ..., 0.95, with those at 0.5 and 0.75 as figures. Its constant holds the
 * boxes that many pictures share, scored by how many do; several predictions of a sample are
 * combined in the same way.
 */
final class BoxMetric implements Metric {
  private static final String ERROR = "ap_error";
  private static final int OVERLAPS = 10;
  private static final int MAX_TRUTHS = 512;
  private static final int MAX_BOXES = 100;

  private final LabelledBoxes boxes;

  BoxMetric(LabelledBoxes boxes) {
    this.boxes = boxes;
  }

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Pairs();
  }

  /**
   * Returns the 100 boxes that most truths share; of more than 512 truths evenly spaced ones are
   * asked.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    BoxVotes votes = new BoxVotes();
    for (Value truth : Subsample.<Value>evenly(truths, MAX_TRUTHS)) {
      votes.add(boxes.of(truth));
    }
    return LabelledBoxes.toValue(votes.best(MAX_BOXES));
  }

  private final class Pairs implements Accumulator {
    private final AveragePrecision precision = new AveragePrecision();

    @Override
    public void add(Value prediction, Value truth) {
      precision.add(boxes.of(prediction), boxes.certain(truth));
    }

    @Override
    public double error() {
      return 1 - mean();
    }

    @Override
    public Map<String, Double> figures() {
      double mean = mean();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, 1 - mean);
      figures.put("ap", mean);
      figures.put("ap50", precision.at(0.5));
      figures.put("ap75", precision.at(0.75));
      return figures;
    }

    private double mean() {
      double sum = 0;
      for (int i = 0; i < OVERLAPS; i++) {
        sum += precision.at((50 + 5 * i) / 100.0);
      }
      return sum / OVERLAPS;
    }
  }
}
