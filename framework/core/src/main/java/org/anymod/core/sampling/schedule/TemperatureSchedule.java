package org.anymod.core.sampling.schedule;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How the sampling temperature changes from one decoding step to the next. */
public sealed interface TemperatureSchedule {
  /** Smallest temperature that a falling schedule reaches. */
  double FLOOR = 1e-9;

  /**
   * Returns the temperature of each step.
   *
   * @param temperature the highest temperature, at least 0
   * @param tokensPerStep tokens that each step decides
   * @return one temperature a step, each at least 0
   */
  double[] temperatures(double temperature, int[] tokensPerStep);

  /**
   * Reads a schedule.
   *
   * @param spec {@code constant}, {@code linear}, {@code decreasing:<min>} or {@code
   *     onex:<min>:<power>}, with a minimum of at least 0 and a power above 0
   * @return the schedule
   * @throws IllegalArgumentException if it is something else; the message says what was found and
   *     what is allowed
   */
  static TemperatureSchedule of(String spec) {
    String[] parts = spec.split(":", -1);
    if (spec.equals("constant")) {
      return new Constant();
    }
    if (spec.equals("linear")) {
      return new Linear();
    }
    if (parts[0].equals("decreasing") && parts.length == 2) {
      return new Decreasing(number(spec, parts[1], true));
    }
    if (parts[0].equals("onex") && parts.length == 3) {
      return new Hyperbolic(number(spec, parts[1], true), number(spec, parts[2], false));
    }
    throw invalid(spec);
  }

  /** The same temperature in all steps. */
  record Constant() implements TemperatureSchedule {
    @Override
    public double[] temperatures(double temperature, int[] tokensPerStep) {
      double[] all = new double[tokensPerStep.length];
      Arrays.fill(all, temperature);
      return all;
    }
  }

  /** In proportion to the tokens that are undecided before the step. */
  record Linear() implements TemperatureSchedule {
    @Override
    public double[] temperatures(double temperature, int[] tokensPerStep) {
      double[] decided = decided(tokensPerStep);
      return IntStream.range(0, decided.length)
          .mapToDouble(
              i -> i == 0 ? temperature : Math.max(FLOOR, temperature * (1 - decided[i - 1])))
          .toArray();
    }
  }

  /**
   * In proportion to the tokens that are undecided after the step, above a minimum.
   *
   * @param min temperature of the last step
   */
  record Decreasing(double min) implements TemperatureSchedule {
    @Override
    public double[] temperatures(double temperature, int[] tokensPerStep) {
      double[] decided = decided(tokensPerStep);
      return Arrays.stream(decided)
          .map(done -> Math.max(FLOOR, min + (temperature - min) * (1 - done)))
          .toArray();
    }
  }

  /**
   * Along a hyperbola {@code x^-power}, x from 1 to 100 with one point for each token, times the
   * tokens that are undecided after the step. Step i uses point i, so that few steps stay near the
   * hyperbola's start.
   *
   * @param min temperature of the last step
   * @param power steepness
   */
  record Hyperbolic(double min, double power) implements TemperatureSchedule {
    @Override
    public double[] temperatures(double temperature, int[] tokensPerStep) {
      double[] decided = decided(tokensPerStep);
      int total = Arrays.stream(tokensPerStep).sum();
      return IntStream.range(0, decided.length)
          .mapToDouble(
              i -> Math.max(FLOOR, min + (temperature - min) * (1 - decided[i]) * curve(i, total)))
          .toArray();
    }

    private double curve(int point, int points) {
      if (point == 0) {
        return 1;
      }
      double last = Math.pow(100, -power);
      double x = 1 + 99.0 * Math.min(point, points - 1) / Math.max(1, points - 1);
      return (Math.pow(x, -power) - last) / (1 - last);
    }
  }

  /** The part of all tokens that is decided after each step. */
  private static double[] decided(int[] tokensPerStep) {
    int total = Arrays.stream(tokensPerStep).sum();
    double[] decided = new double[tokensPerStep.length];
    int sum = 0;
    for (int i = 0; i < decided.length; i++) {
      sum += tokensPerStep[i];
      decided[i] = (double) sum / total;
    }
    return decided;
  }

  private static double number(String spec, String text, boolean zero) {
    try {
      double value = Double.parseDouble(text);
      if ((value > 0 || (zero && value == 0)) && value <= Double.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw invalid(spec);
    }
    throw invalid(spec);
  }

  private static IllegalArgumentException invalid(String spec) {
    return new IllegalArgumentException(
        "temperature schedule \""
            + spec
            + "\" is not known, allowed are constant, linear, decreasing:<min> and"
            + " onex:<min>:<power> with numbers min >= 0 and power > 0, as in onex:0.5:0.5");
  }
}
