package org.anymod.host.plugins;

import java.util.regex.Pattern;
import org.anymod.host.recipe.RecipeSchema;
import org.anymod.spi.config.ConfigSection;

/** Checks a plugin's record of settings: name, types and defaults. */
final class SettingsRecord {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private SettingsRecord() {}

  /**
   * Checks a record.
   *
   * @return name of its section
   * @throws PluginFault with code BROKEN_SETTINGS
   */
  static String check(Class<? extends Record> settings) throws PluginFault {
    String name = settings.getAnnotation(ConfigSection.class).value();
    if (!NAME.matcher(name).matches()) {
      throw new PluginFault(
          PluginError.BROKEN_SETTINGS,
          settings.getName()
              + ": section name '"
              + name
              + "' must be lower-case letters, digits, hyphens and underscores");
    }
    try {
      RecipeSchema.of(settings);
      return name;
    } catch (IllegalArgumentException e) {
      throw new PluginFault(PluginError.BROKEN_SETTINGS, e.getMessage(), e);
    }
  }
}
