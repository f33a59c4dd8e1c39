package org.anymod.host.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A plugin whose descriptor and JARs passed all checks that need no class loading.
 *
 * @param info the descriptor
 * @param jars the JARs to load classes from
 * @param services classes by the name of the service they are listed under
 */
record PluginArchive(PluginInfo info, List<Path> jars, Map<String, List<ServiceLine>> services) {
  List<ServiceLine> extensions(Class<?> type) {
    return services.getOrDefault(type.getName(), List.of());
  }
}
