package org.anymod.host.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;

/** Reads and checks a plugin without loading a class. */
final class ArchiveReader {
  private static final List<String> SERVICES =
      List.of(Modality.class.getName(), Loss.class.getName());

  private final String spiVersion;

  ArchiveReader(String spiVersion) {
    this.spiVersion = spiVersion;
  }

  /** What is known of a plugin so far, so that a problem can name its id. */
  record Read(PluginInfo info, List<Path> jars, List<JarContent> contents) {}

  /**
   * Reads the descriptor of a plugin.
   *
   * @param file the plugin as it lies in the plugins folder
   * @param jars its JARs
   */
  Read read(Path file, List<Path> jars) throws PluginFault {
    List<JarContent> contents = new ArrayList<>();
    List<byte[]> descriptors = new ArrayList<>();
    for (Path jar : jars) {
      JarContent content = JarContent.read(jar, SERVICES);
      contents.add(content);
      content.manifest().filter(DescriptorReader::isDescriptor).ifPresent(descriptors::add);
    }
    if (descriptors.isEmpty()) {
      throw new PluginFault(
          PluginError.NO_DESCRIPTOR,
          "no manifest with "
              + DescriptorReader.ID
              + ", "
              + DescriptorReader.VERSION
              + " and "
              + DescriptorReader.REQUIRES
              + " was found; add them to META-INF/MANIFEST.MF, or move the file out of the plugins folder if it is no"
              + " plugin");
    }
    if (descriptors.size() > 1) {
      throw new PluginFault(
          PluginError.MALFORMED_DESCRIPTOR,
          descriptors.size()
              + " JARs in lib have a plugin descriptor, exactly one may; put each plugin into a folder or"
              + " file of its own");
    }
    return new Read(DescriptorReader.read(descriptors.get(0), file), jars, contents);
  }

  /** Checks a plugin with a good descriptor. */
  PluginArchive check(Read read) throws PluginFault {
    if (!Versions.satisfies(spiVersion, read.info().requires())) {
      throw new PluginFault(
          PluginError.INCOMPATIBLE_SPI,
          "needs SPI "
              + read.info().requires()
              + ", but this host has SPI "
              + spiVersion
              + "; install a version of the plugin that fits, or build it against SPI "
              + spiVersion);
    }
    for (JarContent content : read.contents()) {
      if (content.bundled().isPresent()) {
        throw bundled(content.bundled().get());
      }
      if (content.newer().isPresent()) {
        throw newer(content.newer().get());
      }
    }
    return new PluginArchive(read.info(), read.jars(), JarContent.merge(read.contents()));
  }

  private static PluginFault bundled(String className) {
    String library = HostClasses.hostOnlyPackage(className).orElseThrow();
    return new PluginFault(
        PluginError.BUNDLED_HOST_CLASS,
        "bundles "
            + className
            + ", but "
            + library
            + " comes from the host only; give that dependency the scope"
            + " 'provided' and build the plugin again");
  }

  private static PluginFault newer(JarContent.NewerClass found) {
    int ours = Runtime.version().feature();
    return new PluginFault(
        PluginError.NEWER_JAVA,
        "class "
            + found.name()
            + " needs Java "
            + found.java()
            + ", but this is Java "
            + ours
            + "; run with Java "
            + found.java()
            + " or later, or compile the plugin with --release "
            + ours);
  }
}
