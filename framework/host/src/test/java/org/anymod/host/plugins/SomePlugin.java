package org.anymod.host.plugins;

import java.io.IOException;
import java.nio.file.Path;

/** A plugin for tests in other packages. */
public final class SomePlugin {
  private SomePlugin() {}

  /** Puts a plugin with the modality {@code words} into a folder. */
  public static void in(Path folder) throws IOException {
    PluginJar.good("some", "words").in(folder, "some.jar");
  }

  /** Puts a plugin into a folder whose modality feeds {@code words}. */
  public static void feeding(Path folder) throws IOException {
    PluginJar.of("pages")
        .modality(
            "M", "pages", "public Optional<String> feeds() { return Optional.of(\"words\"); }")
        .in(folder, "pages.jar");
  }
}
