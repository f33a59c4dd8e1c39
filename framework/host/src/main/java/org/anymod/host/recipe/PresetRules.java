package org.anymod.host.recipe;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.anymod.core.recipe.Preset;

/** Lets the preset that a recipe names change the defaults of the settings beside it. */
final class PresetRules {
  private PresetRules() {}

  /**
   * Returns the rules with the defaults of the preset.
   *
   * @param rules rules of a record
   * @param tree what the recipe says; a preset that is unknown or no text changes nothing here and
   *     is reported when it is bound
   */
  static List<SettingRule> applied(List<SettingRule> rules, Tree tree) {
    for (SettingRule rule : rules) {
      Preset preset = rule.component().getAnnotation(Preset.class);
      if (preset != null
          && tree instanceof Tree.Mapping mapping
          && mapping.entries().containsKey(rule.key())
          && mapping.entries().get(rule.key()).value() instanceof Tree.Scalar name) {
        Map<String, String> defaults = defaults(preset).of(name.text());
        return rules.stream()
            .map(r -> defaults.containsKey(r.key()) ? r.withDefault(defaults.get(r.key())) : r)
            .toList();
      }
    }
    return rules;
  }

  private static Preset.Defaults defaults(Preset preset) {
    try {
      return preset.value().getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(preset.value().getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          preset.value().getName() + " has no public constructor without parameters", e);
    }
  }
}
