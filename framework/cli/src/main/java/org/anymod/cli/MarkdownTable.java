package org.anymod.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A table in Markdown, written row by row. */
final class MarkdownTable {
  private final PrintWriter out;

  /** Writes the head of a table. */
  MarkdownTable(PrintWriter out, String... columns) {
    this.out = out;
    row(columns);
    row(Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
  }

  /** Writes a row; cells may hold Markdown. */
  void row(String... cells) {
    out.println(
        Arrays.stream(cells)
            .map(MarkdownTable::escaped)
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|").replace('\n', ' ');
  }

  /** A cell of code, such as a key; empty if the text is. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
