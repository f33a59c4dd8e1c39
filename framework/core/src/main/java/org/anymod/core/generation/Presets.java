package org.anymod.core.generation;

import java.util.List;
import org.anymod.core.recipe.SamplingPreset;

/** Where presets are found by name. Safe for use by several threads. */
public interface Presets {

  /** There are none. */
  Presets NONE =
      new Presets() {
        @Override
        public SamplingPreset get(String name) {
          throw new RequestException("there are no presets, so none is named '" + name + "'");
        }

        @Override
        public List<String> names() {
          return List.of();
        }
      };

  /**
   * Finds a preset.
   *
   * @param name its name
   * @return the preset
   * @throws IllegalArgumentException if there is none of that name; the message tells which there
   *     are
   */
  SamplingPreset get(String name);

  /**
   * Returns the names of all presets.
   *
   * @return the names in alphabetical order
   */
  List<String> names();
}
