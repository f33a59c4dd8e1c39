package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginCatalog;
import org.anymod.host.plugins.PluginScanner;
import org.anymod.host.recipe.RecipeReader;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** The built JAR works in a host: descriptor, service files, isolation, no classes of the host. */
final class PluginJarCheck {
  /** System property with the path of the built JAR, set by the build of a plugin. */
  static final String PROPERTY = "anymod.plugin.jar";

  private PluginJarCheck() {}

  /** Loads the JAR as a host does and puts the samples through what it brings. */
  static void worksInAHost(Path jar, Subject subject) {
    if (!Files.isRegularFile(jar)) {
      fail("%s names %s, but there is no such file", PROPERTY, jar);
    }
    try (PluginCatalog catalog = PluginScanner.scan(List.of(jar))) {
      LoadedPlugins loaded = catalog.load(RecipeReader.defaults(catalog));
      loaded.problems().forEach(problem -> fail("the host does not load %s", problem.text()));
      Modality own = subject.modality();
      Modality isolated =
          loaded.modalities().stream()
              .map(LoadedModality::modality)
              .filter(modality -> modality.name().equals(own.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new AssertionError(
                          jar.getFileName()
                              + " brings no modality '"
                              + own.name()
                              + "'; list "
                              + own.getClass().getName()
                              + " in META-INF/services/org.anymod.spi.Modality"));
      if (isolated.getClass() == own.getClass()) {
        fail("%s was not loaded from the JAR", own.getClass().getName());
      }
      useAll(isolated, subject);
    }
  }

  private static void useAll(Modality isolated, Subject subject) {
    isolated.declare(subject.request(OptionalInt.empty()));
    Operations.of(isolated, subject)
        .forEach(
            (name, operation) -> {
              for (Value sample : subject.samples()) {
                try {
                  operation.apply(sample);
                } catch (RuntimeException | LinkageError e) {
                  throw new AssertionError(
                      name + " fails inside a host, where a plugin sees less: " + e, e);
                }
              }
            });
  }
}
