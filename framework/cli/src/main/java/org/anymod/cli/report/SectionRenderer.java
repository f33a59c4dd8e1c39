package org.anymod.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the body of each kind of section as HTML. */
final class SectionRenderer {
  private SectionRenderer() {}

  static String html(ReportSection section) {
    StringBuilder out = new StringBuilder();
    out.append("<section id=\"").append(Html.anchor(section.title())).append("\">\n<h2>");
    out.append(Html.escape(section.title())).append("</h2>\n");
    for (String paragraph : section.note().split("\\n\\s*\\n")) {
      if (!paragraph.isBlank()) {
        out.append("<p class=\"note\">").append(Html.escape(paragraph)).append("</p>\n");
      }
    }
    if (section instanceof ReportSection.Chart chart) {
      out.append(LineChart.svg(chart));
    } else if (section instanceof ReportSection.Table table) {
      table(out, table);
    } else if (section instanceof ReportSection.HeatMap map) {
      out.append(HeatMapChart.svg(map));
    } else if (section instanceof ReportSection.PictureGrid grid) {
      pictures(out, grid);
    }
    return out.append("</section>\n").toString();
  }

  private static void table(StringBuilder out, ReportSection.Table table) {
    out.append("<div class=\"scroll\"><table><thead><tr>");
    headings(out, table.columns());
    out.append("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      out.append("<tr>");
      for (String cell : row) {
        out.append(isNumber(cell) ? "<td class=\"num\">" : "<td>");
        out.append(Html.escape(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+−]?[0-9][0-9.,eE+-]*\\s?(%|s|ms|MiB|GiB|/s)?");
  }

  private static void pictures(StringBuilder out, ReportSection.PictureGrid grid) {
    out.append("<div class=\"scroll\"><table class=\"pictures\"><thead><tr><th></th>");
    headings(out, grid.columns());
    out.append("</tr></thead><tbody>\n");
    for (ReportSection.PictureRow row : grid.rows()) {
      out.append("<tr><th>").append(Html.escape(row.label())).append("</th>");
      for (int c = 0; c < row.cells().size(); c++) {
        String name = row.label() + ", " + grid.columns().get(c);
        out.append("<td>").append(cell(row.cells().get(c), name)).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private static String cell(ReportCell cell, String name) {
    if (cell instanceof ReportCell.Picture picture) {
      return picture(picture, name);
    }
    return cell instanceof ReportCell.Words words
        ? "<div class=\"words\">" + Html.escape(words.text()) + "</div>"
        : "";
  }

  private static String picture(ReportCell.Picture picture, String name) {
    try {
      String caption =
          picture.caption().isEmpty()
              ? ""
              : "<figcaption>" + Html.escape(picture.caption()) + "</figcaption>";
      return "<figure><img alt=\""
          + Html.escape(name)
          + "\" src=\""
          + EmbeddedPng.dataUri(picture.image())
          + "\">"
          + caption
          + "</figure>";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void headings(StringBuilder out, List<String> names) {
    names.forEach(name -> out.append("<th>").append(Html.escape(name)).append("</th>"));
  }
}
