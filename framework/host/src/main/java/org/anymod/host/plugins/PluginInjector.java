package org.anymod.host.plugins;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.pf4j.ExtensionFactory;

/**
 * Instantiates extensions, each plugin's through an injector of its own. The common parent is
 * empty: what a plugin may ask for is bound here and nowhere else, so that nothing of the host can
 * be injected by accident.
 */
final class PluginInjector implements ExtensionFactory {
  private final Injector parent = Guice.createInjector(new Strict());
  private final Map<ClassLoader, Injector> children = new HashMap<>();

  /** Refuses whatever is not bound explicitly. */
  private static class Strict extends AbstractModule {
    @Override
    protected void configure() {
      binder().requireExplicitBindings();
    }
  }

  /** Binds the extensions of one plugin and the settings they ask for. */
  private static final class PluginModule extends Strict {
    private final DiscoveredPlugin plugin;
    private final Map<String, Record> settings;

    PluginModule(DiscoveredPlugin plugin, Map<String, Record> settings) {
      this.plugin = plugin;
      this.settings = settings;
    }

    @Override
    protected void configure() {
      super.configure();
      plugin.sections().forEach((name, type) -> bindSettings(type, settings.get(name)));
      plugin.modalities().forEach(type -> bind(type).in(Singleton.class));
      plugin.losses().forEach(type -> bind(type).in(Singleton.class));
    }

    private <T extends Record> void bindSettings(Class<T> type, Record value) {
      bind(type).toInstance(type.cast(value));
    }
  }

  /**
   * Prepares for a plugin.
   *
   * @param plugin the plugin
   * @param loader its class loader
   * @param settings a record for each section of the plugin
   */
  void add(DiscoveredPlugin plugin, ClassLoader loader, Map<String, Record> settings) {
    children.put(loader, parent.createChildInjector(new PluginModule(plugin, settings)));
  }

  @Override
  public <T> T create(Class<T> extension) {
    Injector injector = children.get(extension.getClassLoader());
    if (injector == null) {
      throw new IllegalStateException(extension.getName() + " belongs to no plugin that was added");
    }
    return injector.getInstance(extension);
  }

  /** Returns what a constructor threw, without Guice around it. */
  static Throwable reason(Throwable thrown) {
    return thrown instanceof ProvisionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
