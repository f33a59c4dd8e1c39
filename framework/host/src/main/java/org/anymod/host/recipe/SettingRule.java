package org.anymod.host.recipe;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.anymod.spi.config.Setting;

/**
 * One component of a settings record.
 *
 * @param key name in the recipe
 * @param type what it can be
 * @param description what it does; empty without a {@link Setting}
 * @param defaultText default as YAML; empty if there is none
 * @param min smallest allowed number
 * @param max largest allowed number
 * @param allowed allowed texts; empty if any is
 * @param component the component itself
 */
record SettingRule(
    String key,
    SettingType type,
    String description,
    String defaultText,
    double min,
    double max,
    List<String> allowed,
    RecordComponent component) {

  /** Returns the rules of a record's components, in order. */
  static List<SettingRule> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(SettingRule::of).toList();
  }

  private static SettingRule of(RecordComponent component) {
    String key = Keys.ofComponent(component.getName());
    SettingType type = SettingType.of(component);
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      return new SettingRule(
          key,
          type,
          "",
          "",
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          List.of(),
          component);
    }
    return new SettingRule(
        key,
        type,
        setting.value(),
        setting.defaultValue(),
        setting.min(),
        setting.max(),
        List.of(setting.allowed()),
        component);
  }

  /** Returns the rule with another default, as YAML. */
  SettingRule withDefault(String text) {
    return new SettingRule(key, type, description, text, min, max, allowed, component);
  }

  /**
   * Returns whether a recipe must give this setting; groups are asked for their own components
   * instead.
   */
  boolean required() {
    boolean optional =
        type instanceof SettingType.Maybe
            || type instanceof SettingType.Many
            || type instanceof SettingType.Named
            || type instanceof SettingType.Group;
    return defaultText.isEmpty() && !optional;
  }

  /** Says what a value of the given type must be under this rule. */
  String expected(SettingType of) {
    if (of instanceof SettingType.Whole) {
      return "a whole number" + range();
    } else if (of instanceof SettingType.Real) {
      return "a number" + range();
    } else if (of instanceof SettingType.Flag) {
      return "true, false";
    } else if (of instanceof SettingType.Words) {
      return allowed.isEmpty() ? "text" : String.join(", ", allowed);
    } else if (of instanceof SettingType.FilePath) {
      return "a path";
    } else if (of instanceof SettingType.Choice choice) {
      return choice.constants().stream().map(Keys::ofConstant).collect(Collectors.joining(", "));
    } else if (of instanceof SettingType.Maybe maybe) {
      return expected(maybe.element());
    } else if (of instanceof SettingType.Many many) {
      return "a list, each " + expected(many.element());
    } else if (of instanceof SettingType.Named named) {
      return "a mapping of names, each " + expected(named.element());
    } else if (of instanceof SettingType.Group group) {
      return "a mapping with "
          + String.join(", ", of(group.type()).stream().map(SettingRule::key).toList());
    }
    return "any value";
  }

  private String range() {
    if (Double.isInfinite(min) && Double.isInfinite(max)) {
      return "";
    } else if (Double.isInfinite(max)) {
      return " of at least " + plain(min);
    } else if (Double.isInfinite(min)) {
      return " of at most " + plain(max);
    }
    return " from " + plain(min) + " to " + plain(max);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
