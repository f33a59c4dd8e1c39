package org.anymod.host.plugins;

import java.util.List;
import java.util.Map;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;

/**
 * A plugin whose extension classes are loaded but not instantiated.
 *
 * @param info the descriptor
 * @param modalities classes of modalities in the order of the service file
 * @param losses classes of losses in the order of the service file
 * @param sections settings records of these classes by the name of their section
 */
record DiscoveredPlugin(
    PluginInfo info,
    List<Class<? extends Modality>> modalities,
    List<Class<? extends Loss>> losses,
    Map<String, Class<? extends Record>> sections) {}
