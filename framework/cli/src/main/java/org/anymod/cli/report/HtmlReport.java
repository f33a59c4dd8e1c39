package org.anymod.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a {@link ReportModel} as {@code report.html}, one file that needs nothing beside it and no
 * network, and as {@code report.json} for programs.
 */
public final class HtmlReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  /** Name of the file for programs. */
  public static final String DATA = "report.json";

  private HtmlReport() {}

  /**
   * Writes both files, replacing earlier ones; a reader sees the old or the new, never half.
   *
   * @param model what to say
   * @param folder where to write; created if it is missing
   * @return the page
   * @throws IOException if the folder cannot be written to
   */
  public static Path write(ReportModel model, Path folder) throws IOException {
    return write(model, Map.of(), folder);
  }

  /**
   * Writes both files, with more for programs.
   *
   * @param model what to say
   * @param data what stands in {@code report.json} beside the model: keys and trees of maps, lists,
   *     texts and numbers, in the order of the map
   * @param folder where to write; created if it is missing
   * @return the page
   * @throws IOException if the folder cannot be written to
   */
  public static Path write(ReportModel model, Map<String, ?> data, Path folder) throws IOException {
    Files.createDirectories(folder);
    ReportFile.write(folder.resolve(DATA), JsonReport.bytes(model, data));
    Path page = folder.resolve(PAGE);
    ReportFile.write(page, html(model).getBytes(StandardCharsets.UTF_8));
    return page;
  }

  /**
   * Writes a file for programs alone, replacing an earlier one. Numbers that are not finite become
   * null.
   *
   * @param file the file; its folder must exist
   * @param data keys and trees of maps, lists, texts and numbers, in the order of the map
   * @throws IOException if the file cannot be written
   */
  public static void writeData(Path file, Map<String, ?> data) throws IOException {
    ReportFile.write(file, JsonReport.bytes(data));
  }

  static String html(ReportModel model) throws IOException {
    StringBuilder out = new StringBuilder(1 << 16);
    String title = Html.escape(model.title());
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.append("<title>").append(title).append("</title>\n<style>\n").append(style());
    out.append("</style>\n</head>\n<body>\n<header>\n<h1>").append(title).append("</h1>\n");
    if (!model.summary().isBlank()) {
      out.append("<p>").append(Html.escape(model.summary())).append("</p>\n");
    }
    facts(out, model);
    contents(out, model);
    out.append("</header>\n<main>\n");
    model.sections().forEach(section -> out.append(SectionRenderer.html(section)));
    return out.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void facts(StringBuilder out, ReportModel model) {
    if (model.facts().isEmpty()) {
      return;
    }
    out.append("<dl class=\"facts\">\n");
    for (ReportModel.Fact fact : model.facts()) {
      out.append("<div><dt>").append(Html.escape(fact.name())).append("</dt><dd>");
      out.append(Html.escape(fact.value())).append("</dd></div>\n");
    }
    out.append("</dl>\n");
  }

  private static void contents(StringBuilder out, ReportModel model) {
    if (model.sections().size() < 2) {
      return;
    }
    out.append("<nav>");
    for (ReportSection section : model.sections()) {
      out.append("<a href=\"#").append(Html.anchor(section.title())).append("\">");
      out.append(Html.escape(section.title())).append("</a>");
    }
    out.append("</nav>\n");
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IOException("the program is incomplete: report.css is missing from its jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
