package org.anymod.host.recipe;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Tells what a plain scalar is: the core schema of YAML 1.2, where {@code 1e-4} is a number and
 * {@code no} a text.
 */
final class Forms {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+(_[0-9]+)*");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private Forms() {}

  static Tree.Form of(String plain) {
    return switch (plain) {
      case "", "~", "null", "Null", "NULL" -> Tree.Form.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Tree.Form.BOOLEAN;
      default -> {
        if (INTEGER.matcher(plain).matches()) {
          yield Tree.Form.INTEGER;
        }
        yield NUMBER.matcher(plain).matches() ? Tree.Form.NUMBER : Tree.Form.TEXT;
      }
    };
  }

  /** Parses what {@link #of} calls an integer; empty if it needs more than 64 bits. */
  static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Parses what {@link #of} calls a number; infinite and undefined numbers included. */
  static double number(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text.replace("_", ""));
  }
}
