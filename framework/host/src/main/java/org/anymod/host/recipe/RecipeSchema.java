package org.anymod.host.recipe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Lists the settings that a recipe can have, for documentation. */
public final class RecipeSchema {
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private RecipeSchema() {}

  /**
   * One setting.
   *
   * @param key dotted path; {@code <name>} stands for a free key, {@code []} for an index of a list
   * @param type such as {@code int}, {@code text} or {@code list of path}
   * @param defaultValue the default as YAML; empty if there is none
   * @param required whether a recipe must give it
   * @param allowed what is allowed, such as {@code a whole number from 1 to 10}
   * @param description what it does
   */
  public record Entry(
      String key,
      String type,
      Optional<String> defaultValue,
      boolean required,
      String allowed,
      String description) {}

  /**
   * Lists the settings of a record and of the records in it.
   *
   * @param type the record
   * @return the settings in the order of the record's components
   * @throws IllegalArgumentException if a component cannot be a setting or has a default that does
   *     not fit
   */
  public static List<Entry> of(Class<? extends Record> type) {
    RecipeSchema schema = new RecipeSchema();
    schema.group("", type);
    return List.copyOf(schema.entries);
  }

  /**
   * Lists the settings of a recipe: those of the host and those of plugins.
   *
   * @param type the record of the recipe
   * @param plugins the sections that plugins contribute
   * @return the settings in order, those of plugins last
   * @throws IllegalArgumentException if a component cannot be a setting or has a default that does
   *     not fit
   */
  public static List<Entry> of(Class<? extends Record> type, PluginSections plugins) {
    RecipeSchema schema = new RecipeSchema();
    schema.group("", type);
    plugins.sections().forEach((name, section) -> schema.group("plugins." + name, section));
    return List.copyOf(schema.entries);
  }

  private void group(String path, Class<? extends Record> type) {
    if (open.contains(type)) {
      return;
    }
    open.push(type);
    for (SettingRule rule : SettingRule.of(type)) {
      if (!rule.defaultText().isEmpty()) {
        Binder.defaultOf(rule, new Place("default", 1, 1), Keys.join(path, rule.key()));
      }
      add(Keys.join(path, rule.key()), rule, rule.type());
    }
    open.pop();
  }

  private void add(String key, SettingRule rule, SettingType type) {
    if (type instanceof SettingType.Group group) {
      group(key, group.type());
    } else if (type instanceof SettingType.Many many && isDeep(many.element())) {
      add(key + "[]", rule, many.element());
    } else if (type instanceof SettingType.Named named && isDeep(named.element())) {
      add(key + ".<name>", rule, named.element());
    } else if (type instanceof SettingType.Maybe maybe && isDeep(maybe.element())) {
      add(key, rule, maybe.element());
    } else {
      Optional<String> defaultValue =
          Optional.of(rule.defaultText()).filter(text -> !text.isEmpty());
      entries.add(
          new Entry(
              key,
              name(type),
              defaultValue,
              rule.required(),
              rule.expected(type),
              rule.description()));
    }
  }

  private static boolean isDeep(SettingType type) {
    return type instanceof SettingType.Group
        || type instanceof SettingType.Many many && isDeep(many.element())
        || type instanceof SettingType.Named named && isDeep(named.element());
  }

  private static String name(SettingType type) {
    if (type instanceof SettingType.Whole whole) {
      return whole.isLong() ? "long" : "int";
    } else if (type instanceof SettingType.Real) {
      return "number";
    } else if (type instanceof SettingType.Flag) {
      return "boolean";
    } else if (type instanceof SettingType.Words) {
      return "text";
    } else if (type instanceof SettingType.FilePath) {
      return "path";
    } else if (type instanceof SettingType.Choice) {
      return "choice";
    } else if (type instanceof SettingType.Maybe maybe) {
      return "optional " + name(maybe.element());
    } else if (type instanceof SettingType.Many many) {
      return "list of " + name(many.element());
    } else if (type instanceof SettingType.Named named) {
      return "map of " + name(named.element());
    }
    return type instanceof SettingType.Free ? "any" : "group";
  }
}
