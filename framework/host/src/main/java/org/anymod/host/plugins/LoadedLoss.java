package org.anymod.host.plugins;

import org.anymod.spi.Loss;

/**
 * A loss and the plugin it comes from.
 *
 * @param loss the loss
 * @param pluginId id of the plugin
 * @param pluginVersion version of the plugin
 */
public record LoadedLoss(Loss loss, String pluginId, String pluginVersion) {}
