package org.anymod.networks.diffusion;

import java.util.function.DoubleUnaryOperator;

/**
 * How much of a picture is left after each step of the noise process.
 *
 * <p>{@code linear}, {@code scaled_linear} (linear in the square root), {@code squaredcos_cap_v2}
 * (Nichol and Dhariwal, arXiv 2102.09672), {@code sigmoid}, and {@code shifted_cosine:<shift>}
 * (Hoogeboom et al., arXiv 2301.11093), which gives what is left directly.
 *
 * @param kind which formula
 * @param shift factor of the shifted cosine, above 0; 1 otherwise
 */
public record BetaSchedule(Kind kind, double shift) {
  private static final double FIRST = 1e-4;
  private static final double LAST = 0.02;
  private static final String SHIFTED = "shifted_cosine:";
  private static final String ALLOWED =
      "linear, scaled_linear, squaredcos_cap_v2, sigmoid, shifted_cosine:<shift>";

  /** Formulas. */
  public enum Kind {
    /** Variances rise linearly. */
    LINEAR,
    /** Square roots of variances rise linearly. */
    SCALED_LINEAR,
    /** What is left falls as a squared cosine. */
    SQUARED_COSINE,
    /** Variances rise as a sigmoid. */
    SIGMOID,
    /** What is left falls as a cosine whose signal-to-noise ratio is shifted. */
    SHIFTED_COSINE
  }

  /**
   * Reads a schedule's name.
   *
   * @param text name as recipes and published files have it
   * @return the schedule
   * @throws IllegalArgumentException if there is none of this name; the message lists all
   */
  public static BetaSchedule of(String text) {
    if (text.startsWith(SHIFTED)) {
      return new BetaSchedule(Kind.SHIFTED_COSINE, shift(text));
    }
    return switch (text) {
      case "linear" -> new BetaSchedule(Kind.LINEAR, 1);
      case "scaled_linear" -> new BetaSchedule(Kind.SCALED_LINEAR, 1);
      case "squaredcos_cap_v2" -> new BetaSchedule(Kind.SQUARED_COSINE, 1);
      case "sigmoid" -> new BetaSchedule(Kind.SIGMOID, 1);
      default ->
          throw new IllegalArgumentException("'" + text + "' is unknown; allowed are " + ALLOWED);
    };
  }

  private static double shift(String text) {
    double shift;
    try {
      shift = Double.parseDouble(text.substring(SHIFTED.length()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' has no number for <shift>", e);
    }
    if (!(shift > 0 && shift < 1e6)) {
      throw new IllegalArgumentException("'" + text + "': the shift must lie in (0, 1e6)");
    }
    return shift;
  }

  /**
   * Computes what is left of the picture's variance after each step.
   *
   * @param steps number of steps, at least 2
   * @param zeroTerminal whether nothing is left at the end (Lin et al., arXiv 2305.08891); a
   *     shifted cosine always ends so
   * @return numbers in [0, 1] that fall
   */
  public double[] remaining(int steps, boolean zeroTerminal) {
    if (kind == Kind.SHIFTED_COSINE) {
      return shiftedCosine(steps);
    }
    double[] remaining = new double[steps];
    double product = 1;
    for (int i = 0; i < steps; i++) {
      product *= 1 - beta(i, steps);
      remaining[i] = product;
    }
    return zeroTerminal ? toZero(remaining) : remaining;
  }

  private double beta(int i, int steps) {
    double part = (double) i / (steps - 1);
    return switch (kind) {
      case LINEAR -> FIRST + part * (LAST - FIRST);
      case SCALED_LINEAR -> {
        double root = Math.sqrt(FIRST) + part * (Math.sqrt(LAST) - Math.sqrt(FIRST));
        yield root * root;
      }
      case SQUARED_COSINE -> {
        DoubleUnaryOperator left = t -> Math.pow(Math.cos((t + 0.008) / 1.008 * Math.PI / 2), 2);
        double from = (double) i / steps;
        double to = (i + 1.0) / steps;
        yield Math.min(1 - left.applyAsDouble(to) / left.applyAsDouble(from), 0.999);
      }
      case SIGMOID -> FIRST + sigmoid(-6 + 12 * part) * (LAST - FIRST);
      case SHIFTED_COSINE -> throw new IllegalStateException("has no variances of its own");
    };
  }

  private double[] shiftedCosine(int steps) {
    double[] remaining = new double[steps];
    for (int i = 0; i < steps - 1; i++) {
      double t = (double) i / (steps - 1);
      double logRatio = -2 * (Math.log(Math.tan(Math.PI * t / 2)) + Math.log(shift));
      remaining[i] = sigmoid(Math.max(-15, Math.min(15, logRatio)));
    }
    return remaining;
  }

  private static double[] toZero(double[] remaining) {
    double first = Math.sqrt(remaining[0]);
    double last = Math.sqrt(remaining[remaining.length - 1]);
    double[] result = new double[remaining.length];
    for (int i = 0; i < result.length; i++) {
      double root = (Math.sqrt(remaining[i]) - last) * first / (first - last);
      result[i] = root * root;
    }
    return result;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
