package org.anymod.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The plugins of this build in a folder, as an installation has them. */
final class ShippedPlugins {
  private ShippedPlugins() {}

  /** Fills a new folder. */
  static Path in(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("plugins"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path part = Path.of(entry);
      if (part.getFileName().toString().startsWith("anymod-plugin-")) {
        Files.copy(part, folder.resolve(part.getFileName()));
      } else if (Files.isRegularFile(part.resolve("META-INF/services/org.anymod.spi.Modality"))) {
        // Before the plugins are packaged the class path has their folders.
        String name = part.getParent().getParent().getFileName().toString();
        pack(part, folder.resolve("anymod-plugin-" + name + ".jar"));
      }
    }
    return folder;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path path : sorted) {
        out.putNextEntry(
            new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
        out.write(Files.readAllBytes(path));
        out.closeEntry();
      }
    }
  }
}
