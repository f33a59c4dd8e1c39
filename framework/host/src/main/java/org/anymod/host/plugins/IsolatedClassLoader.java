package org.anymod.host.plugins;

import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Loads the classes of one plugin. What the host shares comes from the host alone, whatever the
 * plugin bundles.
 */
final class IsolatedClassLoader extends PluginClassLoader {
  private static final String PF4J = "org.pf4j.";

  private final String label;

  IsolatedClassLoader(PluginManager plugins, PluginDescriptor descriptor, SharedClasses shared) {
    super(plugins, descriptor, shared, ClassLoadingStrategy.APD);
    this.label = "plugin " + descriptor.getPluginId() + " " + descriptor.getVersion();
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return HostClasses.isShared(className) || className.startsWith(PF4J);
  }

  @Override
  public String toString() {
    return label;
  }
}
