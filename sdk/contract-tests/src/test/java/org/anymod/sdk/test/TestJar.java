package org.anymod.sdk.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A plugin JAR made of classes of these tests. */
final class TestJar {
  private final Class<?> modality;
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private boolean listed = true;

  private TestJar(Class<?> modality) {
    this.modality = modality;
    with(modality).with(GoodText.class).with(new GoodText().representation().getClass());
    with(modality.getEnclosingClass());
  }

  static TestJar of(Class<?> modality) {
    return new TestJar(modality);
  }

  TestJar with(Class<?> type) {
    classes.add(type);
    return this;
  }

  /** Leaves the modality out of the service file, and lists another one in its place. */
  TestJar notListed() {
    listed = false;
    with(TextDefects.OtherName.class);
    return this;
  }

  Path in(Path folder) throws IOException {
    Path jar = folder.resolve("plugin.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(
          out,
          "META-INF/MANIFEST.MF",
          "Manifest-Version: 1.0\r\nPlugin-Id: test\r\nPlugin-Version: 1.0.0\r\n"
              + "Plugin-Requires: ^1.0.0\r\n\r\n");
      put(
          out,
          "META-INF/services/org.anymod.spi.Modality",
          (listed ? modality : TextDefects.OtherName.class).getName() + "\n");
      for (Class<?> type : classes) {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
          out.putNextEntry(new JarEntry(path));
          in.transferTo(out);
          out.closeEntry();
        }
      }
    }
    return jar;
  }

  private static void put(JarOutputStream out, String path, String text) throws IOException {
    out.putNextEntry(new JarEntry(path));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
