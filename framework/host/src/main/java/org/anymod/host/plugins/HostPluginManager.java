package org.anymod.host.plugins;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.ServiceProviderExtensionFinder;
import org.pf4j.VersionManager;

/**
 * PF4J's keeper of plugins, with this host's descriptors and class loaders. It is only given
 * plugins that passed the checks of {@link ArchiveReader} and {@link DependencyOrder}.
 */
final class HostPluginManager extends AbstractPluginManager {
  private final SharedClasses shared;
  private final Map<Path, PluginArchive> archives = new LinkedHashMap<>();

  HostPluginManager(String spiVersion, ClassLoader host) {
    super(List.of());
    this.shared = new SharedClasses(host);
    setSystemVersion(spiVersion);
    setExactVersionAllowed(true);
  }

  /** Makes a class loader for a plugin; those it depends on must have theirs already. */
  ClassLoader load(PluginArchive archive) {
    archives.put(archive.info().file(), archive);
    return getPluginClassLoader(loadPlugin(archive.info().file()));
  }

  void useExtensionFactory(ExtensionFactory factory) {
    this.extensionFactory = factory;
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new PluginDescriptorFinder() {
      @Override
      public boolean isApplicable(Path path) {
        return archives.containsKey(path);
      }

      @Override
      public PluginDescriptor find(Path path) {
        return descriptor(archives.get(path).info());
      }
    };
  }

  private static PluginDescriptor descriptor(PluginInfo info) {
    DefaultPluginDescriptor descriptor =
        new DefaultPluginDescriptor(
            info.id(),
            info.description(),
            org.pf4j.Plugin.class.getName(),
            info.version(),
            info.requires(),
            "",
            info.license());
    info.dependencies()
        .forEach(
            needed ->
                descriptor.addDependency(new PluginDependency(needed.id() + "@" + needed.range())));
    return descriptor;
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return archives.containsKey(path);
      }

      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        IsolatedClassLoader loader =
            new IsolatedClassLoader(HostPluginManager.this, descriptor, shared);
        archives.get(path).jars().forEach(jar -> loader.addFile(jar.toFile()));
        return loader;
      }
    };
  }

  /** {@link DependencyOrder} has sorted the plugins already, and each is loaded in its turn. */
  @Override
  protected void resolvePlugins() {
    for (PluginWrapper plugin : List.copyOf(unresolvedPlugins)) {
      plugin.setPluginState(PluginState.RESOLVED);
      unresolvedPlugins.remove(plugin);
      resolvedPlugins.add(plugin);
    }
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    return new ServiceProviderExtensionFinder(this);
  }

  /** Only until {@link #useExtensionFactory} brings the one that knows the plugins' settings. */
  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new DefaultExtensionFactory();
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return new DefaultPluginFactory();
  }

  @Override
  protected VersionManager createVersionManager() {
    return new DefaultVersionManager();
  }

  /** The host looks for plugins itself, so that what is wrong with each can be told. */
  @Override
  protected PluginRepository createPluginRepository() {
    return new PluginRepository() {
      @Override
      public List<Path> getPluginPaths() {
        return List.of();
      }

      @Override
      public boolean deletePluginPath(Path path) {
        return false;
      }
    };
  }

  /** A plugin is switched off by taking it out of the folder; there is no second place to look. */
  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String id) {
        return false;
      }

      @Override
      public void disablePlugin(String id) {
        throw new IllegalStateException(
            "plugin " + id + " cannot be disabled; remove it from the plugins folder");
      }

      @Override
      public void enablePlugin(String id) {
        // Every plugin is enabled.
      }
    };
  }
}
