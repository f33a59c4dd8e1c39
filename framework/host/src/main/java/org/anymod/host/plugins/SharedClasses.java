package org.anymod.host.plugins;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;

/**
 * What every plugin sees beyond its own JARs: the JDK, and the host's classes on the list of {@link
 * HostClasses}.
 */
final class SharedClasses extends ClassLoader {
  private final ClassLoader host;

  SharedClasses(ClassLoader host) {
    super("shared with plugins", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return HostClasses.isShared(name) ? host.loadClass(name) : super.loadClass(name, resolve);
  }

  @Override
  public URL getResource(String name) {
    return HostClasses.isSharedResource(name) ? host.getResource(name) : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return HostClasses.isSharedResource(name) ? host.getResources(name) : super.getResources(name);
  }
}
