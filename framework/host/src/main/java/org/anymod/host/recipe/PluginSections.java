package org.anymod.host.recipe;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * Returns the names of the modalities that the plugins bring, which the keys under {@code
   * modalities} begin with.
   *
   * @param settings the sections that could be read
   * @return the names; empty if they are not known, and then not checked
   */
  default Optional<Set<String>> modalities(Map<String, Record> settings) {
    return Optional.empty();
  }

  /**
   * Returns which modalities enter a model under the key of another, so that a recipe with both has
   * nothing to say about them where it speaks of the model.
   *
   * @param settings the sections that could be read
   * @return names of modalities, each with the name of the one it feeds
   */
  default Map<String, String> feeding(Map<String, Record> settings) {
    return Map.of();
  }

  /**
   * Says where to get a modality that no plugin brings.
   *
   * @param modality its name
   * @return which file brings it; empty if that is not known
   */
  default Optional<String> whereToFind(String modality) {
    return Optional.empty();
  }

  /**
   * Returns the sections of a host without plugins.
   *
   * @return no sections
   */
  static PluginSections none() {
    return Map::of;
  }
}
