package org.anymod.host.plugins;

import java.util.List;
import java.util.Optional;

/** Which classes host and plugins share, and which ones only the host may bring. */
final class HostClasses {
  private static final List<String> SHARED =
      List.of(
          "org.anymod.spi.",
          "org.anymod.media.",
          "org.anymod.networks.",
          "ai.djl.",
          "org.slf4j.",
          "com.fasterxml.jackson.annotation.",
          "jakarta.inject.");

  /** Of PF4J, plugins see the two types by which extensions are marked. */
  private static final List<String> SHARED_TYPES =
      List.of("org.pf4j.ExtensionPoint", "org.pf4j.Extension");

  /** The engine behind DJL stays the host's. */
  private static final String HIDDEN = "ai.djl.pytorch.";

  private static final List<String> HOST_ONLY =
      List.of(
          "org.anymod.spi.",
          "org.anymod.media.",
          "org.anymod.torch.",
          "org.anymod.networks.",
          "org.anymod.core.",
          "org.anymod.host.",
          "org.anymod.cli.",
          "ai.djl.",
          "com.google.inject.",
          "org.pf4j.",
          "org.slf4j.");

  private HostClasses() {}

  /** Returns whether plugins get this class, and only ever this one, from the host. */
  static boolean isShared(String className) {
    if (className.startsWith(HIDDEN)) {
      return false;
    }
    return SHARED.stream().anyMatch(className::startsWith)
        || SHARED_TYPES.stream()
            .anyMatch(type -> className.equals(type) || className.startsWith(type + "$"));
  }

  /** Returns whether plugins see this resource of the host; the same rule as for classes. */
  static boolean isSharedResource(String path) {
    return isShared(path.replace('/', '.'));
  }

  /** Returns the library that brings a class which no plugin may bundle. */
  static Optional<String> hostOnlyPackage(String className) {
    return HOST_ONLY.stream().filter(className::startsWith).findFirst().map(prefix -> prefix + "*");
  }

  /** Returns what plugins see, for error messages. */
  static String visible() {
    return "the JDK, "
        + String.join("*, ", SHARED)
        + "*, their own JARs and the plugins they declare in "
        + DescriptorReader.DEPENDENCIES;
  }
}
