package org.anymod.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * A report as JSON: every number in full, pictures only by their size. Numbers that are not finite
 * become null, because JSON has none.
 */
final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static byte[] bytes(ReportModel model, Map<String, ?> data) throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", 1);
    root.put("title", model.title());
    root.put("summary", model.summary());
    data.forEach((key, tree) -> root.set(key, finite(MAPPER.valueToTree(tree))));
    ObjectNode facts = root.putObject("facts");
    model.facts().forEach(fact -> facts.put(fact.name(), fact.value()));
    ArrayNode sections = root.putArray("sections");
    model.sections().forEach(section -> write(sections.addObject(), section));
    return MAPPER.writeValueAsBytes(root);
  }

  static byte[] bytes(Map<String, ?> data) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(finite(MAPPER.valueToTree(data)));
  }

  private static void write(ObjectNode node, ReportSection section) {
    node.put("title", section.title());
    node.put("note", section.note());
    if (section instanceof ReportSection.Chart chart) {
      chart(node, chart);
    } else if (section instanceof ReportSection.Table table) {
      node.put("type", "table");
      table.columns().forEach(node.putArray("columns")::add);
      ArrayNode rows = node.putArray("rows");
      table.rows().forEach(row -> row.forEach(rows.addArray()::add));
    } else if (section instanceof ReportSection.HeatMap map) {
      heatMap(node, map);
    } else if (section instanceof ReportSection.PictureGrid grid) {
      pictures(node, grid);
    } else {
      node.put("type", "prose");
    }
  }

  private static void chart(ObjectNode node, ReportSection.Chart chart) {
    node.put("type", "chart");
    node.put("x_label", chart.xLabel());
    node.put("y_label", chart.yLabel());
    node.put("scale", chart.scale().name().toLowerCase(Locale.ROOT));
    ArrayNode curves = node.putArray("curves");
    for (ReportSection.Curve curve : chart.curves()) {
      ObjectNode target = curves.addObject();
      target.put("name", curve.name());
      numbers(target.putArray("x"), curve.x());
      numbers(target.putArray("y"), curve.y());
    }
  }

  private static void heatMap(ObjectNode node, ReportSection.HeatMap map) {
    node.put("type", "heat_map");
    map.rows().forEach(node.putArray("rows")::add);
    map.columns().forEach(node.putArray("columns")::add);
    ArrayNode values = node.putArray("values");
    for (double[] row : map.values()) {
      numbers(values.addArray(), row);
    }
  }

  private static void pictures(ObjectNode node, ReportSection.PictureGrid grid) {
    node.put("type", "pictures");
    grid.columns().forEach(node.putArray("columns")::add);
    ArrayNode rows = node.putArray("rows");
    for (ReportSection.PictureRow row : grid.rows()) {
      ObjectNode target = rows.addObject();
      target.put("label", row.label());
      ArrayNode cells = target.putArray("cells");
      row.cells().forEach(cell -> cell(cells.addObject(), cell));
    }
  }

  private static void cell(ObjectNode node, ReportCell cell) {
    if (cell instanceof ReportCell.Picture picture) {
      node.put("width", picture.image().getWidth());
      node.put("height", picture.image().getHeight());
      node.put("text", picture.caption());
    } else if (cell instanceof ReportCell.Words words) {
      node.put("text", words.text());
    }
  }

  /** Replaces numbers that JSON does not have. */
  private static JsonNode finite(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(name -> object.replace(name, finite(object.get(name))));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, finite(array.get(i)));
      }
    } else if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return MAPPER.nullNode();
    }
    return node;
  }

  private static void numbers(ArrayNode target, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        target.add(value);
      } else {
        target.addNull();
      }
    }
  }
}
