package org.anymod.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.host.recipe.RecipeSchema;

/** The reference of recipes in Markdown: a table for each section. */
final class RecipePage {
  private static final String TOP = "The run";

  private RecipePage() {}

  static void print(List<RecipeSchema.Entry> entries, PrintWriter out) {
    Map<String, Set<RecipeSchema.Entry>> sections = new LinkedHashMap<>();
    sections.put(TOP, new LinkedHashSet<>());
    for (RecipeSchema.Entry entry : entries) {
      sections.computeIfAbsent(section(entry.key()), s -> new LinkedHashSet<>()).add(entry);
    }
    sections.forEach((title, settings) -> print(title, settings, out));
  }

  /** The first part of a key, with the name of the plugin where it is the setting of one. */
  private static String section(String key) {
    String[] parts = key.split("\\.");
    if (parts.length == 1) {
      return TOP;
    }
    String first = parts[0].replace("[]", "");
    return first.equals("plugins") && parts.length > 2 ? first + "." + parts[1] : first;
  }

  private static void print(String title, Set<RecipeSchema.Entry> settings, PrintWriter out) {
    if (settings.isEmpty()) {
      return;
    }
    out.println();
    out.println("## " + (title.equals(TOP) ? title : MarkdownTable.code(title)));
    out.println();
    MarkdownTable table = new MarkdownTable(out, "key", "allowed", "default", "meaning");
    for (RecipeSchema.Entry setting : settings) {
      String fallback =
          setting.required() ? "required" : MarkdownTable.code(setting.defaultValue().orElse(""));
      table.row(
          MarkdownTable.code(setting.key()), setting.allowed(), fallback, setting.description());
    }
  }
}
