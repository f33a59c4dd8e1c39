package org.anymod.host.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recipe that was read without a mistake.
 *
 * @param <T> record of the recipe
 * @param recipe the settings of the host, defaults filled in
 * @param sections the settings of plugins by the name of their section, defaults filled in; a
 *     section that the recipe leaves out is missing here only if one of its settings is required
 */
public record BoundRecipe<T extends Record>(T recipe, Map<String, Record> sections) {
  /** Keeps the order of the sections. */
  public BoundRecipe {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }
}
