package org.anymod.host.plugins;

import org.anymod.spi.Modality;

/**
 * A modality and the plugin it comes from.
 *
 * @param modality the modality
 * @param pluginId id of the plugin
 * @param pluginVersion version of the plugin
 */
public record LoadedModality(Modality modality, String pluginId, String pluginVersion) {}
