package org.anymod.host.plugins;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.config.ConfigSection;

/** What an extension asks for in its constructor: records of settings and nothing else. */
final class ExtensionConstructor {
  private ExtensionConstructor() {}

  /**
   * Returns the settings that an extension asks for.
   *
   * @throws PluginFault with code BROKEN_CONSTRUCTOR if the host cannot call the constructor
   */
  static List<Class<? extends Record>> settings(Class<?> extension) throws PluginFault {
    Constructor<?>[] constructors = extension.getConstructors();
    if (constructors.length != 1) {
      throw broken(
          extension, "has " + constructors.length + " public constructors, must have exactly one");
    }
    Constructor<?> constructor = constructors[0];
    if (constructor.getParameterCount() > 0 && !constructor.isAnnotationPresent(Inject.class)) {
      throw broken(
          extension,
          "has a constructor with parameters, which must be annotated with jakarta.inject.Inject");
    }
    List<Class<? extends Record>> settings = new ArrayList<>();
    for (Class<?> parameter : constructor.getParameterTypes()) {
      if (!parameter.isRecord() || !parameter.isAnnotationPresent(ConfigSection.class)) {
        throw broken(
            extension,
            "asks for "
                + parameter.getName()
                + " in its constructor, but may ask only for records annotated with "
                + ConfigSection.class.getName());
      }
      settings.add(parameter.asSubclass(Record.class));
    }
    return settings;
  }

  private static PluginFault broken(Class<?> extension, String reason) {
    return new PluginFault(
        PluginError.BROKEN_CONSTRUCTOR, "class " + extension.getName() + " " + reason);
  }
}
