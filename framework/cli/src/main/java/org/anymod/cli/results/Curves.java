package org.anymod.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.anymod.cli.report.ReportSection.Curve;

/** Curves from the lines of a training log. */
final class Curves {
  private static final String STEP = "step";

  private Curves() {}

  /** Reads one figure of all lines that have it. */
  static Curve of(String name, List<JsonNode> lines, String figure) {
    List<JsonNode> having =
        lines.stream().filter(n -> n.path(STEP).isNumber() && n.path(figure).isNumber()).toList();
    return new Curve(
        name,
        having.stream().mapToDouble(n -> n.get(STEP).asDouble()).toArray(),
        having.stream().mapToDouble(n -> n.get(figure).asDouble()).toArray());
  }

  /** Returns the names of all figures, in the order in which they first appear. */
  static List<String> figures(List<JsonNode> lines) {
    List<String> names = new ArrayList<>();
    for (JsonNode line : lines) {
      line.fieldNames()
          .forEachRemaining(
              name -> {
                if (!name.equals(STEP) && !names.contains(name)) {
                  names.add(name);
                }
              });
    }
    return names;
  }
}
