package org.anymod.cli.report;

import java.util.List;

/**
 * What a report says, free of how it looks. {@link HtmlReport} turns it into a page.
 *
 * @param title heading of the page
 * @param summary one or two sentences under the heading; may be empty
 * @param facts short named figures shown first
 * @param sections the body, in order
 */
public record ReportModel(
    String title, String summary, List<Fact> facts, List<ReportSection> sections) {

  /** Copies the lists. */
  public ReportModel {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /**
   * A short named figure, such as the number of steps.
   *
   * @param name what it is
   * @param value the figure with its unit, ready to read
   */
  public record Fact(String name, String value) {}
}
