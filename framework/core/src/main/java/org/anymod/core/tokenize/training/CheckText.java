package org.anymod.core.tokenize.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of a check and names of samples as short texts for people. */
final class CheckText {
  private static final int NAMES = 8;

  private CheckText() {}

  /** The metric's error, skill and use of the codes; a metric may have many more figures. */
  static String of(String error, Map<String, Double> figures) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of(error, "skill", "used", "unused", "perplexity")) {
      Double value = figures.get(name);
      if (value != null) {
        switch (name) {
          case "used" -> parts.add(format("%.1f %% of the codes used", 100 * value));
          case "unused" -> parts.add(format("%.0f not", value));
          default -> parts.add(name + format(" %.4g", value));
        }
      }
    }
    return String.join(", ", parts);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  /** The first names of a list, and how many more there are. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() > NAMES ? first + " and " + (names.size() - NAMES) + " more" : first;
  }
}
