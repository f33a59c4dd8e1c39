package org.anymod.core.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /** Joins the names of inputs that are given together. */
  static final String AND = "+";

  /**
   * How wrong some answers are.
   *
   * @param error error as the output's metric defines it, 0 is perfect
   * @param figures all figures by name, the error included
   */
  public record Score(double error, Map<String, Double> figures) {
    /** Keeps the order of the figures. */
    public Score {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
  }

  /**
   * One output predicted from one input, or from several given together.
   *
   * @param inputs model keys of what is given, at least one
   * @param output model key of the output
   * @param name all sources, as in {@code rgb->depth} or {@code rgb+caption->depth}
   * @param samples samples that have all of these
   * @param errorName what the error is
   * @param prediction the predictions
   * @param constant the best constant of the training split on the same samples
   * @param chance the truths of other samples as answers: what a model reaches that knows how
   *     truths look and nothing of the input; empty if there is only one sample
   * @param ensembles what combining so many predictions reaches; empty where that was not asked
   */
  public record Pair(
      List<String> inputs,
      String output,
      String name,
      int samples,
      String errorName,
      Score prediction,
      Score constant,
      Optional<Score> chance,
      Map<Integer, Score> ensembles) {

    /** Copies the lists. */
    public Pair {
      inputs = List.copyOf(inputs);
      ensembles = Collections.unmodifiableMap(new TreeMap<>(ensembles));
    }

    /**
     * One input, one output, without chance and ensembles.
     *
     * @param input model key of the input
     * @param output model key of the output
     * @param name both sources
     * @param errorName what the error is
     * @param error error of the predictions
     * @param constantError error of the best constant
     * @param figures all figures of the predictions
     * @param constantFigures all figures of the constant
     */
    public Pair(
        String input,
        String output,
        String name,
        String errorName,
        double error,
        double constantError,
        Map<String, Double> figures,
        Map<String, Double> constantFigures) {
      this(
          List.of(input),
          output,
          name,
          0,
          errorName,
          new Score(error, figures),
          new Score(constantError, constantFigures),
          Optional.empty(),
          Map.of());
    }

    /**
     * Returns the inputs as one key.
     *
     * @return the model key of the input, or several joined by {@code +}
     */
    public String input() {
      return String.join(AND, inputs);
    }

    /**
     * Returns the error of the predictions.
     *
     * @return the error
     */
    public double error() {
      return prediction.error();
    }

    /**
     * Returns the error of the best constant.
     *
     * @return the error
     */
    public double constantError() {
      return constant.error();
    }

    /**
     * Returns all figures of the predictions.
     *
     * @return figures by name
     */
    public Map<String, Double> figures() {
      return prediction.figures();
    }

    /**
     * Returns all figures of the constant.
     *
     * @return figures by name
     */
    public Map<String, Double> constantFigures() {
      return constant.figures();
    }

    /**
     * Returns the skill: {@code 1 - error / error of the best constant}.
     *
     * <p>The constant is the answer that errs least when it is given every time, as the output's
     * metric finds it: pixel by pixel for maps, for sets of boxes those that most samples share,
     * for fields bin by bin, for texts, bodies, outlines and colours the training sample that is
     * most like the others. Answers that are not even of the right form, as an untrained model
     * writes them, have the largest error and so a skill below 0.
     *
     * @return 1 is perfect, also where the constant is; 0 is no better than the constant, below 0
     *     is worse
     */
    public double skill() {
      return skill(prediction);
    }

    /**
     * Returns the skill of other answers.
     *
     * @param score how wrong they are
     * @return the skill as {@link #skill()} counts it
     */
    public double skill(Score score) {
      return score.error() == 0 ? 1 : 1 - score.error() / constant.error();
    }
  }

  /**
   * A sample to look at.
   *
   * @param name name of the sample
   * @param truths true values by model key; without what the sample does not have
   * @param predictions predicted values by {@code input->output}, as in {@link Pair#name()}
   */
  public record Shown(String name, Map<String, Value> truths, Map<String, Value> predictions) {}
}
