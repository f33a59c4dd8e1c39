package org.anymod.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten. */
record Ticks(List<Double> values) {

  /**
   * Chooses about {@code count} round numbers that lie within a range.
   *
   * @param low lower end
   * @param high upper end, above {@code low}
   * @param count how many to aim at
   * @return the numbers, ascending
   */
  static Ticks linear(double low, double high, int count) {
    double raw = (high - low) / count;
    double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
    double fraction = raw / magnitude;
    double step = magnitude * (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10);
    List<Double> values = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      values.add(i * step);
    }
    return new Ticks(values);
  }

  /** Chooses powers of ten within a range, or 1, 2, 5 times them where there would be few. */
  static Ticks logarithmic(double low, double high) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    boolean few = last - first <= 3;
    int stride = Math.max(1, (last - first) / 8);
    List<Double> values = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent += few ? 1 : stride) {
      for (int factor : few ? new int[] {1, 2, 5} : new int[] {1}) {
        double value = factor * Math.pow(10, exponent);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          values.add(value);
        }
      }
    }
    return new Ticks(values);
  }

  /** Writes a number for people: up to six digits, powers of ten where it is far from 1. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e6 || size < 1e-4)) {
      return rounded(BigDecimal.valueOf(value)).toString().replace("E+", "e").replace("E-", "e-");
    }
    return size == 0 ? "0" : rounded(BigDecimal.valueOf(value)).toPlainString();
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.round(new MathContext(6)).stripTrailingZeros();
  }
}
