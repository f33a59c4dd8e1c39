package org.anymod.spi;

import java.util.List;

/** How numbers of a {@link Field} become whole numbers from 0 to 999, and back. */
public sealed interface Bins {
  /** The largest bin that a word can name. */
  int MAX_BIN = 999;

  /**
   * Returns the bin of a number; numbers outside the range go to the nearest bin.
   *
   * @param value a finite number
   * @return 0 to {@link #MAX_BIN}
   */
  int bin(double value);

  /**
   * Returns the number that stands for a bin.
   *
   * @param bin a bin; bins that {@link #bin} does not give count as the nearest that it does
   * @return the number
   */
  double value(int bin);

  /**
   * Returns whether values are whole numbers.
   *
   * @return true if files must hold whole numbers
   */
  boolean whole();

  /** Counts of things: the number itself, at most 999. */
  record Count() implements Bins {
    @Override
    public int bin(double value) {
      return (int) Math.max(0, Math.min(MAX_BIN, value));
    }

    @Override
    public double value(int bin) {
      return Math.max(0, Math.min(MAX_BIN, bin));
    }

    @Override
    public boolean whole() {
      return true;
    }
  }

  /**
   * Whole numbers in steps, such as sizes in pixels: the number divided by the step, rounded down,
   * at most 999. A bin stands for its lower end.
   *
   * @param step the step
   */
  record Steps(int step) implements Bins {
    /** Checks that the step is positive. */
    public Steps {
      Checks.positive("step", step);
    }

    @Override
    public int bin(double value) {
      return (int) Math.max(0, Math.min(MAX_BIN, Math.floor(value / step)));
    }

    @Override
    public double value(int bin) {
      return (double) step * Math.max(0, Math.min(MAX_BIN, bin));
    }

    @Override
    public boolean whole() {
      return true;
    }
  }

  /**
   * A range cut into bins of equal width: {@code trunc((v - min) / (max - min) * (count - 1))}. The
   * last bin holds only the maximum.
   *
   * @param min lower end of the range
   * @param max upper end of the range
   * @param count number of bins, at least 2
   */
  record Range(double min, double max, int count) implements Bins {
    /** Checks that the range is not empty and the bins can be named. */
    public Range {
      if (!(min < max) || count < 2 || count > MAX_BIN + 1) {
        throw new IllegalArgumentException(
            "range [" + min + ", " + max + "] with " + count + " bins is impossible");
      }
    }

    @Override
    public int bin(double value) {
      double clamped = Math.max(min, Math.min(max, value));
      return (int) ((clamped - min) / (max - min) * (count - 1));
    }

    /** The middle of the bin; of the last, which is a point, that point. */
    @Override
    public double value(int bin) {
      int inside = Math.max(0, Math.min(count - 1, bin));
      double place = inside == count - 1 ? inside : inside + 0.5;
      return min + (max - min) * place / (count - 1);
    }

    @Override
    public boolean whole() {
      return false;
    }
  }

  /**
   * Classes of a number: the count of thresholds that it reaches. A bin stands for the threshold at
   * its lower end; the first for half the first threshold.
   *
   * @param at the thresholds, rising, at least one
   */
  record Thresholds(List<Double> at) implements Bins {
    /** Checks that the thresholds rise. */
    public Thresholds {
      at = List.copyOf(at);
      for (int i = 1; i < at.size(); i++) {
        if (!(at.get(i - 1) < at.get(i))) {
          throw new IllegalArgumentException("thresholds " + at + " do not rise");
        }
      }
      if (at.isEmpty() || at.size() > MAX_BIN) {
        throw new IllegalArgumentException(at.size() + " thresholds, allowed are 1 to " + MAX_BIN);
      }
    }

    @Override
    public int bin(double value) {
      return (int) at.stream().filter(threshold -> value >= threshold).count();
    }

    @Override
    public double value(int bin) {
      return bin <= 0 ? at.get(0) / 2 : at.get(Math.min(bin, at.size()) - 1);
    }

    @Override
    public boolean whole() {
      return false;
    }
  }

  /**
   * Other bins, read back as the published system reads them: a bin of a {@link Range} stands for
   * {@code min + (max - min) * bin / count}, which lies below what was written; a class of {@link
   * Thresholds} stands for its number. Written as the others are.
   *
   * @param bins the other bins
   */
  record Published(Bins bins) implements Bins {
    /** Checks that there are bins. */
    public Published {
      Checks.present("bins", bins);
    }

    @Override
    public int bin(double value) {
      return bins.bin(value);
    }

    @Override
    public double value(int bin) {
      if (bins instanceof Range range) {
        int inside = Math.max(0, Math.min(range.count() - 1, bin));
        return range.min() + (range.max() - range.min()) * inside / range.count();
      }
      return bins instanceof Thresholds thresholds
          ? Math.max(0, Math.min(thresholds.at().size(), bin))
          : bins.value(bin);
    }

    @Override
    public boolean whole() {
      return bins.whole();
    }
  }
}
