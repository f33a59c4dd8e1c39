package org.anymod.host.plugins;

import java.util.List;
import org.anymod.spi.Modality;

/**
 * A modality and where it comes from.
 *
 * @param modality the modality
 * @param pluginId id of the plugin; of a joint modality those of all contributors
 * @param pluginVersion version of the plugin; empty for a joint modality
 * @param jointOf names of the modalities whose fields a joint modality holds; empty for one that a
 *     plugin brings itself
 */
public record LoadedModality(
    Modality modality, String pluginId, String pluginVersion, List<String> jointOf) {

  /** Keeps the contributors unmodifiable. */
  public LoadedModality {
    jointOf = List.copyOf(jointOf);
  }

  /**
   * A modality that a plugin brings itself.
   *
   * @param modality the modality
   * @param pluginId id of the plugin
   * @param pluginVersion version of the plugin
   */
  public LoadedModality(Modality modality, String pluginId, String pluginVersion) {
    this(modality, pluginId, pluginVersion, List.of());
  }
}
