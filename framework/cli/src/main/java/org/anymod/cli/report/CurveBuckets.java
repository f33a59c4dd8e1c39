package org.anymod.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A curve cut into few enough pieces to draw: for each the mean, and the smallest and largest value
 * so that spikes stay visible.
 *
 * @param points the pieces, ascending in {@code x}
 * @param merged whether any piece stands for several points
 */
record CurveBuckets(List<Point> points, boolean merged) {
  static final int MOST = 240;

  record Point(double x, double mean, double low, double high) {}

  static CurveBuckets of(ReportSection.Curve curve, boolean positiveOnly) {
    int[] kept = kept(curve, positiveOnly);
    int buckets = Math.min(MOST, kept.length);
    List<Point> points = new ArrayList<>(buckets);
    for (int b = 0; b < buckets; b++) {
      int from = (int) ((long) kept.length * b / buckets);
      int to = (int) ((long) kept.length * (b + 1) / buckets);
      points.add(point(curve, kept, from, to));
    }
    return new CurveBuckets(points, kept.length > MOST);
  }

  private static int[] kept(ReportSection.Curve curve, boolean positiveOnly) {
    return IntStream.range(0, curve.x().length)
        .filter(i -> Double.isFinite(curve.x()[i]) && Double.isFinite(curve.y()[i]))
        .filter(i -> !positiveOnly || curve.y()[i] > 0)
        .toArray();
  }

  private static Point point(ReportSection.Curve curve, int[] kept, int from, int to) {
    double x = 0;
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k = from; k < to; k++) {
      double y = curve.y()[kept[k]];
      x += curve.x()[kept[k]];
      sum += y;
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    int n = to - from;
    return new Point(x / n, sum / n, low, high);
  }
}
