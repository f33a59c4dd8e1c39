package org.anymod.cli.report;

import java.util.Locale;

/** Text as it may stand in HTML and SVG. */
final class Html {
  private Html() {}

  /** Escapes text for use between tags and inside double-quoted attributes. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\n', '\t' -> out.append((char) c);
      default -> out.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
    }
  }

  /** Writes a coordinate: at most two decimals, a point whatever the locale. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  /** Turns a heading into an anchor. */
  static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
