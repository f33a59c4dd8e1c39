package org.anymod.host.plugins;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;

/**
 * Loads the extension classes that a plugin lists and looks at their constructors, without running
 * any of its code.
 */
final class ExtensionDiscovery {
  private final PluginArchive archive;
  private final ClassLoader loader;
  private final Map<String, Class<? extends Record>> sections = new LinkedHashMap<>();

  private ExtensionDiscovery(PluginArchive archive, ClassLoader loader) {
    this.archive = archive;
    this.loader = loader;
  }

  static DiscoveredPlugin discover(PluginArchive archive, ClassLoader loader) throws PluginFault {
    return new ExtensionDiscovery(archive, loader).discover();
  }

  private DiscoveredPlugin discover() throws PluginFault {
    List<Class<? extends Modality>> modalities = extensions(Modality.class);
    List<Class<? extends Loss>> losses = extensions(Loss.class);
    if (modalities.isEmpty() && losses.isEmpty()) {
      throw new PluginFault(
          PluginError.NO_EXTENSION,
          "has no extensions: neither "
              + ServiceLine.FOLDER
              + Modality.class.getName()
              + " nor "
              + ServiceLine.FOLDER
              + Loss.class.getName()
              + " names a class; list the extension classes there, one a line");
    }
    return new DiscoveredPlugin(archive.info(), modalities, losses, sections);
  }

  private <T> List<Class<? extends T>> extensions(Class<T> type) throws PluginFault {
    List<Class<? extends T>> classes = new ArrayList<>();
    for (ServiceLine line : archive.extensions(type)) {
      try {
        Class<? extends T> extension = load(line, type);
        for (Class<? extends Record> settings : ExtensionConstructor.settings(extension)) {
          addSection(settings);
        }
        classes.add(extension);
      } catch (LinkageError | RuntimeException e) {
        // Reflection reports types that the plugin does not see in either way.
        throw broken(line.className(), e);
      }
    }
    return List.copyOf(classes);
  }

  private <T> Class<? extends T> load(ServiceLine line, Class<T> type) throws PluginFault {
    Class<?> found;
    try {
      found = Class.forName(line.className(), false, loader);
    } catch (ClassNotFoundException e) {
      throw service(line, "which is not in the plugin; correct the name or remove the line");
    }
    if (!type.isAssignableFrom(found)) {
      throw service(
          line, "which does not implement " + type.getName() + "; let it, or remove the line");
    }
    if (found.isInterface() || Modifier.isAbstract(found.getModifiers())) {
      throw service(line, "which is abstract; name a class that can be instantiated");
    }
    if (found.getClassLoader() != loader) {
      throw service(
          line,
          "which belongs to " + found.getClassLoader() + "; name classes of this plugin only");
    }
    return found.asSubclass(type);
  }

  private static PluginFault service(ServiceLine line, String reason) {
    return new PluginFault(
        PluginError.BROKEN_SERVICE, line.place() + " names " + line.className() + ", " + reason);
  }

  private void addSection(Class<? extends Record> settings) throws PluginFault {
    String name = SettingsRecord.check(settings);
    Class<? extends Record> other = sections.putIfAbsent(name, settings);
    if (other != null && other != settings) {
      throw new PluginFault(
          PluginError.BROKEN_SETTINGS,
          "the records "
              + new TreeSet<>(List.of(other.getName(), settings.getName()))
              + " both claim the section '"
              + name
              + "'; give each a name of its own");
    }
  }

  /**
   * Says which class could not be loaded for lack of another one, which is nearly always the cause.
   */
  static PluginFault broken(String className, Throwable error) {
    boolean missing = error instanceof NoClassDefFoundError;
    String reason =
        missing && error.getMessage() != null
            ? "needs "
                + error.getMessage().replace('/', '.')
                + ", which it does not see; a plugin sees "
                + HostClasses.visible()
                + ". Put the library into lib of the plugin"
            : "cannot be loaded (" + error + "); compile the plugin again";
    return new PluginFault(PluginError.BROKEN_CLASS, "class " + className + " " + reason, error);
  }
}
