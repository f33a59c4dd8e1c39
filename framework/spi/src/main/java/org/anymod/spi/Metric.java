package org.anymod.spi;

import java.util.List;
import java.util.Map;

/** Measures predicted values against true ones over a set of samples. */
public interface Metric {

  /**
   * Returns the name of the error that {@link Accumulator#error()} gives, for reports: for example
   * {@code l1}.
   *
   * @return the name
   */
  String name();

  /**
   * Starts a measurement.
   *
   * @return an empty accumulator for use by one thread
   */
  Accumulator start();

  /**
   * Returns the best constant answer: the one value that, given for every sample, has the smallest
   * error on the given truths, or close to it where that is hard to compute. It is the yardstick of
   * skill: {@code 1 - error / error of the constant}.
   *
   * @param truths true values of a training set, at least one
   * @return the constant
   */
  Value constant(List<? extends Value> truths);

  /**
   * Combines several equally likely predictions of each sample into the answers that have the
   * smallest expected error over all samples, or close to it. By default each sample is answered by
   * the {@link #constant(List)} of its own predictions.
   *
   * @param ensembles for each sample its predictions, at least one
   * @return one answer for each sample, in the same order
   */
  default List<Value> consensus(List<? extends List<? extends Value>> ensembles) {
    return ensembles.stream().<Value>map(this::constant).toList();
  }

  /** Collects pairs of values. */
  interface Accumulator {

    /**
     * Adds a sample.
     *
     * @param prediction the predicted value
     * @param truth the true value, of the same size
     */
    void add(Value prediction, Value truth);

    /**
     * Returns the error over all samples so far: zero is perfect, larger is worse.
     *
     * @return the error, not negative; NaN without samples
     */
    double error();

    /**
     * Returns all figures by name, such as {@code miou}, the error included.
     *
     * @return the figures in a fixed order
     */
    Map<String, Double> figures();
  }
}
