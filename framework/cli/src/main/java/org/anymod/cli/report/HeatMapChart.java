package org.anymod.cli.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws a {@link ReportSection.HeatMap} as SVG: a coloured field with its number for each cell, and
 * what else is known of it where the pointer rests.
 */
final class HeatMapChart {
  private static final int CELL_WIDTH = 64;
  private static final int CELL_HEIGHT = 30;
  private static final int LETTER = 7;
  private static final double STRONGEST = 0.62;
  private static final double SLOPE = Math.sin(Math.toRadians(40));

  private final ReportSection.HeatMap map;
  private final int left;
  private final int top;
  private final StringBuilder out = new StringBuilder();

  private HeatMapChart(ReportSection.HeatMap map) {
    this.map = map;
    left = 20 + LETTER * Math.max(map.corner().length(), longest(map.rows()));
    top = 22 + (int) (LETTER * SLOPE * longest(map.columns()));
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  static String svg(ReportSection.HeatMap map) {
    return new HeatMapChart(map).draw();
  }

  private String draw() {
    // Slanted headings of the last columns reach over the right edge of their cells.
    int width = left + CELL_WIDTH * map.columns().size() + LETTER * longest(map.columns());
    int height = top + CELL_HEIGHT * map.rows().size() + 8;
    out.append(
        String.format(
            Locale.ROOT,
            "<div class=\"chart\"><svg class=\"heat\" style=\"max-width:%dpx\""
                + " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            width,
            width,
            height,
            Html.escape(map.title())));
    text("", left - 10, top - 8, "end", map.corner());
    for (int c = 0; c < map.columns().size(); c++) {
      heading(left + c * CELL_WIDTH + CELL_WIDTH / 2 - 4, map.columns().get(c));
    }
    for (int r = 0; r < map.rows().size(); r++) {
      text("name", left - 10, top + r * CELL_HEIGHT + 20, "end", map.rows().get(r));
      for (int c = 0; c < map.columns().size(); c++) {
        cell(r, c);
      }
    }
    out.append("</svg></div>\n");
    out.append("<p class=\"scale\"><span class=\"worse\"></span>below 0");
    return out.append("<span class=\"better\"></span>0 to 1</p>\n").toString();
  }

  private void heading(int x, String name) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"name\" transform=\"translate(%d %d) rotate(-40)\">%s</text>",
            x,
            top - 8,
            Html.escape(name)));
  }

  private void cell(int row, int column) {
    double value = map.values()[row][column];
    int x = left + column * CELL_WIDTH;
    int y = top + row * CELL_HEIGHT;
    boolean known = Double.isFinite(value);
    double strength = known ? Math.min(1, Math.abs(value)) * STRONGEST : 0;
    out.append("<g>");
    if (!map.tips().isEmpty() && !map.tips().get(row).get(column).isEmpty()) {
      String tip = map.tips().get(row).get(column);
      out.append("<title>").append(Html.escape(tip)).append("</title>");
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"cell\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
                + " style=\"fill:rgba(var(--%s),%.3f)\"/>",
            x,
            y,
            CELL_WIDTH,
            CELL_HEIGHT,
            value < 0 ? "worse" : "better",
            strength));
    String number = known ? String.format(Locale.ROOT, "%.3f", value) : "–";
    text(known ? "value" : "", x + CELL_WIDTH / 2, y + 20, "middle", number);
    out.append("</g>\n");
  }

  private void text(String style, int x, int y, String anchor, String words) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text%s x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
            style.isEmpty() ? "" : " class=\"" + style + "\"",
            x,
            y,
            anchor,
            Html.escape(words)));
  }
}
