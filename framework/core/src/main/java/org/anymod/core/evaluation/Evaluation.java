package org.anymod.core.evaluation;

import java.util.List;
import java.util.Map;
import org.anymod.spi.Value;

/**
 * What was measured.
 *
 * @param samples number of samples
 * @param pairs every input with every output
 * @param bounds figures of each output's tokenizer alone, by model key
 * @param shown samples with their values, for pictures
 */
public record Evaluation(
    int samples, List<Pair> pairs, Map<String, Map<String, Double>> bounds, List<Shown> shown) {

  /**
   * One output predicted from one input.
   *
   * @param input model key of the input
   * @param output model key of the output
   * @param name both sources, as in {@code rgb->depth}
   * @param errorName what the error is
   * @param error error of the predictions
   * @param constantError error of the best constant of the training split
   * @param figures all figures of the predictions
   * @param constantFigures all figures of the constant
   */
  public record Pair(
      String input,
      String output,
      String name,
      String errorName,
      double error,
      double constantError,
      Map<String, Double> figures,
      Map<String, Double> constantFigures) {

    /**
     * Returns the skill: {@code 1 - error / error of the best constant}.
     *
     * @return 1 is perfect, 0 is no better than the constant, below 0 is worse
     */
    public double skill() {
      return 1 - error / constantError;
    }
  }

  /**
   * A sample to look at.
   *
   * @param name name of the sample
   * @param truths true values by model key
   * @param predictions predicted values by {@code input->output}, as in {@link Pair#name()}
   */
  public record Shown(String name, Map<String, Value> truths, Map<String, Value> predictions) {}
}
