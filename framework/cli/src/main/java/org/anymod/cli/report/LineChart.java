package org.anymod.cli.report;

import java.util.List;

/** Draws a {@link ReportSection.Chart} as SVG: axes with round numbers, grid lines, a legend. */
final class LineChart {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 340;
  private static final int LEFT = 68;
  private static final int RIGHT = 16;
  private static final int TOP = 14;
  private static final int BOTTOM = 48;
  private static final int COLOURS = 8;

  private final ReportSection.Chart chart;
  private final List<CurveBuckets> curves;
  private final boolean logarithmic;
  private final Range xRange;
  private final Range yRange;
  private final StringBuilder out = new StringBuilder();

  private record Range(double low, double high) {
    double share(double value) {
      return (value - low) / (high - low);
    }
  }

  private LineChart(ReportSection.Chart chart) {
    this.chart = chart;
    logarithmic = chart.scale() == ReportSection.Scale.LOGARITHMIC;
    curves = chart.curves().stream().map(c -> CurveBuckets.of(c, logarithmic)).toList();
    xRange = xRange();
    yRange = yRange();
  }

  static String svg(ReportSection.Chart chart) {
    return new LineChart(chart).draw();
  }

  private String draw() {
    out.append("<div class=\"chart\">");
    legend();
    out.append(
        String.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH, HEIGHT, Html.escape(chart.title())));
    if (curves.stream().allMatch(c -> c.points().isEmpty())) {
      text(WIDTH / 2.0, HEIGHT / 2.0, "middle", "no points yet");
    } else {
      axes();
      for (int i = 0; i < curves.size(); i++) {
        curve(i);
      }
    }
    return out.append("</svg></div>\n").toString();
  }

  private void legend() {
    out.append("<div class=\"legend\">");
    for (int i = 0; i < curves.size(); i++) {
      String name = Html.escape(chart.curves().get(i).name());
      out.append("<span><i class=\"key k").append(i % COLOURS).append("\"></i>");
      out.append(name).append("</span>");
    }
    if (curves.stream().anyMatch(CurveBuckets::merged)) {
      out.append(
          "<span class=\"hint\">line: mean of neighbouring points; band: their range</span>");
    }
    out.append("</div>");
  }

  private void axes() {
    for (double tick : yTicks().values()) {
      double y = y(tick);
      line("grid", LEFT, y, WIDTH - RIGHT, y);
      text(LEFT - 8, y + 4, "end", Ticks.text(tick));
    }
    for (double tick : Ticks.linear(xRange.low, xRange.high, 8).values()) {
      double x = x(tick);
      line("tick", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5);
      text(x, HEIGHT - BOTTOM + 19, "middle", Ticks.text(tick));
    }
    line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", chart.xLabel());
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    out.append(
        String.format(
            "<text class=\"name\" text-anchor=\"middle\" transform=\"translate(14 %s) rotate(-90)\">"
                + "%s</text>",
            Html.coordinate(middle), Html.escape(chart.yLabel())));
  }

  private Ticks yTicks() {
    if (!logarithmic) {
      return Ticks.linear(yRange.low, yRange.high, 6);
    }
    double low = Math.pow(10, yRange.low);
    double high = Math.pow(10, yRange.high);
    Ticks powers = Ticks.logarithmic(low, high);
    return powers.values().size() >= 3 ? powers : Ticks.linear(low, high, 5);
  }

  private void curve(int index) {
    List<CurveBuckets.Point> points = curves.get(index).points();
    if (points.isEmpty()) {
      return;
    }
    String colour = "k" + index % COLOURS;
    if (curves.get(index).merged()) {
      StringBuilder band = new StringBuilder();
      points.forEach(p -> place(band, p.x(), p.high()));
      for (int i = points.size() - 1; i >= 0; i--) {
        place(band, points.get(i).x(), points.get(i).low());
      }
      out.append("<polygon class=\"band ").append(colour).append("\" points=\"");
      out.append(band).append("\"/>");
    }
    StringBuilder path = new StringBuilder();
    points.forEach(p -> place(path, p.x(), p.mean()));
    out.append("<polyline class=\"line ").append(colour).append("\" points=\"");
    out.append(path).append("\"/>");
    if (points.size() <= 60) {
      points.forEach(p -> dot(colour, index, p));
    }
  }

  private void dot(String colour, int index, CurveBuckets.Point p) {
    String label = chart.curves().get(index).name() + " at " + Ticks.text(p.x());
    out.append(
        String.format(
            "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"3\"><title>%s: %s</title></circle>",
            colour,
            Html.coordinate(x(p.x())),
            Html.coordinate(y(p.mean())),
            Html.escape(label),
            Ticks.text(p.mean())));
  }

  private void place(StringBuilder path, double x, double y) {
    path.append(Html.coordinate(x(x))).append(',').append(Html.coordinate(y(y))).append(' ');
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
            style,
            Html.coordinate(x1),
            Html.coordinate(y1),
            Html.coordinate(x2),
            Html.coordinate(y2)));
  }

  private void text(double x, double y, String anchor, String words) {
    out.append(
        String.format(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
            Html.coordinate(x), Html.coordinate(y), anchor, Html.escape(words)));
  }

  private double x(double value) {
    return LEFT + xRange.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double place = logarithmic ? Math.log10(value) : value;
    return HEIGHT - BOTTOM - yRange.share(place) * (HEIGHT - TOP - BOTTOM);
  }

  private Range xRange() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (CurveBuckets curve : curves) {
      for (CurveBuckets.Point p : curve.points()) {
        low = Math.min(low, p.x());
        high = Math.max(high, p.x());
      }
    }
    return widened(low, high, 0);
  }

  private Range yRange() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (CurveBuckets curve : curves) {
      for (CurveBuckets.Point p : curve.points()) {
        low = Math.min(low, logarithmic ? Math.log10(p.low()) : p.low());
        high = Math.max(high, logarithmic ? Math.log10(p.high()) : p.high());
      }
    }
    return widened(low, high, 0.04);
  }

  private static Range widened(double low, double high, double margin) {
    if (low > high) {
      return new Range(0, 1);
    }
    if (low == high) {
      double around = low == 0 ? 1 : Math.abs(low) * 0.1;
      return new Range(low - around, high + around);
    }
    double extra = (high - low) * margin;
    return new Range(low - extra, high + extra);
  }
}
