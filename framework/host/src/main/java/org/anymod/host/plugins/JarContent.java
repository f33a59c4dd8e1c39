package org.anymod.host.plugins;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the host must know of a JAR before any of its classes loads.
 *
 * @param manifest bytes of the manifest
 * @param services classes by the name of the service they are listed under
 * @param bundled first class that only the host may bring
 * @param newer first class compiled for a newer Java than this one
 */
record JarContent(
    Optional<byte[]> manifest,
    Map<String, List<ServiceLine>> services,
    Optional<String> bundled,
    Optional<NewerClass> newer) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int CLASS_VERSION_OF_JAVA_0 = 44;
  private static final int LARGEST_TEXT = 1 << 20;

  /** A class file of a later Java. */
  record NewerClass(String name, int java) {}

  /**
   * Reads the directory of a JAR, its manifest, its service files and the head of each class.
   *
   * @throws PluginFault with code CORRUPT_ARCHIVE
   */
  static JarContent read(Path jar, List<String> services) throws PluginFault {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> classes =
          Collections.list(zip.entries()).stream().filter(JarContent::isClass).toList();
      Map<String, List<ServiceLine>> listed = new LinkedHashMap<>();
      for (String service : services) {
        String file = ServiceLine.FOLDER + service;
        Optional<byte[]> text = text(zip, file);
        listed.put(
            service,
            text.isEmpty()
                ? List.of()
                : ServiceLine.parse(file, new String(text.get(), StandardCharsets.UTF_8)));
      }
      return new JarContent(
          text(zip, "META-INF/MANIFEST.MF"), listed, bundled(classes), newer(zip, classes));
    } catch (IOException | IllegalArgumentException e) {
      // The JDK reports entry names that are not UTF-8 as IllegalArgumentException.
      throw new PluginFault(
          PluginError.CORRUPT_ARCHIVE,
          jar.getFileName() + " cannot be read (" + e.getMessage() + "); build or copy it again",
          e);
    }
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
  }

  private static String className(ZipEntry entry) {
    return entry
        .getName()
        .substring(0, entry.getName().length() - ".class".length())
        .replace('/', '.');
  }

  private static Optional<byte[]> text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
      if (bytes.length > LARGEST_TEXT) {
        throw new IOException(name + " has more than " + LARGEST_TEXT + " bytes");
      }
      return Optional.of(bytes);
    }
  }

  private static Optional<String> bundled(List<? extends ZipEntry> classes) {
    return classes.stream()
        .map(JarContent::className)
        .filter(name -> HostClasses.hostOnlyPackage(name).isPresent())
        .findFirst();
  }

  private static Optional<NewerClass> newer(ZipFile zip, List<? extends ZipEntry> classes)
      throws IOException {
    int ours = Runtime.version().feature();
    for (ZipEntry entry : classes) {
      try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
        if (entry.getSize() >= 8 && in.readInt() == MAGIC) {
          in.readUnsignedShort();
          int java = in.readUnsignedShort() - CLASS_VERSION_OF_JAVA_0;
          if (java > ours) {
            return Optional.of(new NewerClass(className(entry), java));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Puts the services of several JARs together. */
  static Map<String, List<ServiceLine>> merge(List<JarContent> jars) {
    Map<String, List<ServiceLine>> all = new LinkedHashMap<>();
    for (JarContent jar : jars) {
      jar.services()
          .forEach(
              (service, lines) ->
                  all.computeIfAbsent(service, s -> new ArrayList<>()).addAll(lines));
    }
    return all;
  }
}
