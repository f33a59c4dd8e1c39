package org.anymod.host.recipe;

import java.util.Map;

/** The sections that plugins contribute to a recipe, under {@code plugins}. */
@FunctionalInterface
public interface PluginSections {

  /**
   * Returns the sections.
   *
   * @return the record of each section by the name of the section, in a fixed order
   */
  Map<String, Class<? extends Record>> sections();

  /**
   * Returns the sections of a host without plugins.
   *
   * @return no sections
   */
  static PluginSections none() {
    return Map::of;
  }
}
