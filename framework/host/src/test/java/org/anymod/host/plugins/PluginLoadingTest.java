package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anymod.host.recipe.RecipeReader;
import org.anymod.spi.Modality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoadingTest {
  private static final String THRESHOLD =
      "@ConfigSection(\"edge\") public record S(@Setting(value = \"x\", defaultValue = \"7\", min = 1) int threshold) {}\n"
          + "private final S s; @jakarta.inject.Inject public M(S s) { this.s = s; }\n"
          + "public String source() { return \"t\" + s.threshold(); }";

  @TempDir Path folder;

  private static LoadedPlugins load(PluginCatalog catalog) {
    return catalog.load(RecipeReader.defaults(catalog));
  }

  private static Class<?> find(LoadedPlugins loaded, String modality, String className)
      throws ClassNotFoundException {
    return Class.forName(className, false, loaded.modality(modality).getClass().getClassLoader());
  }

  @Test
  void loadsPlainJar() throws IOException {
    PluginJar.good("one", "words").in(folder, "one.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = load(catalog);
      assertThat(loaded.problems()).isEmpty();
      assertThat(loaded.modalities()).hasSize(1);
      assertThat(loaded.modalities().get(0).pluginId()).isEqualTo("one");
      assertThat(loaded.modalities().get(0).pluginVersion()).isEqualTo("1.2.0");
      assertThat(loaded.modality("words").name()).isEqualTo("words");
    }
  }

  @Test
  void loadsFolderAndZipWithLibraries() throws IOException {
    byte[] library =
        PluginJar.plain()
            .source(
                "lib.Greeting",
                "package lib; public class Greeting { public static String text() { return \"hello\"; } }")
            .bytes();
    byte[] plugin =
        PluginJar.of("lib-user")
            .modality(
                "M",
                "words",
                "public String source() { try { return (String) Class.forName(\"lib.Greeting\").getMethod(\"text\").invoke(null); }"
                    + " catch (ReflectiveOperationException e) { throw new IllegalStateException(e); } }")
            .bytes();
    Path lib = Files.createDirectories(folder.resolve("unpacked").resolve("lib"));
    Files.write(lib.resolve("greeting.jar"), library);
    Files.write(lib.resolve("plugin.jar"), plugin);
    Path zips = Files.createDirectory(folder.resolve("zips"));
    Files.write(
        zips.resolve("p.zip"),
        PluginJar.zip(Map.of("p/lib/greeting.jar", library, "p/lib/plugin.jar", plugin)));
    for (Path place : new Path[] {folder, zips}) {
      try (PluginCatalog catalog = PluginScanner.scan(place)) {
        LoadedPlugins loaded = load(catalog);
        assertThat(loaded.plugins()).extracting(PluginInfo::id).containsExactly("lib-user");
        assertThat(loaded.modality("words").source()).isEqualTo("hello");
      }
    }
  }

  @Test
  void readsWholeDescriptor() throws IOException {
    PluginJar.good("base", "base").in(folder, "z.jar");
    PluginJar.good("one", "words")
        .attribute("Plugin-Dependencies", "base@>=1.0.0 & <2.0.0")
        .attribute("Plugin-Description", "Words.")
        .attribute("Plugin-License", "Apache-2.0")
        .in(folder, "a.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.problems()).isEmpty();
      assertThat(catalog.plugins()).extracting(PluginInfo::id).containsExactly("base", "one");
      PluginInfo info = catalog.plugins().get(1);
      assertThat(info.description()).isEqualTo("Words.");
      assertThat(info.license()).isEqualTo("Apache-2.0");
      assertThat(info.dependencies())
          .containsExactly(new PluginInfo.Dependency("base", ">=1.0.0 & <2.0.0"));
    }
  }

  @Test
  void hidesTheHostAndShowsTheSpi() throws Exception {
    PluginJar.good("one", "words").in(folder, "one.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = load(catalog);
      for (String hidden :
          new String[] {
            "com.google.inject.Injector",
            "org.anymod.host.AnymodHost",
            "org.anymod.host.plugins.PluginScanner",
            "org.anymod.torch.StreamRandom",
            "org.yaml.snakeyaml.Yaml",
            "org.pf4j.PluginManager",
            "org.junit.jupiter.api.Test"
          }) {
        assertThat(Class.forName(hidden)).isNotNull();
        assertThatThrownBy(() -> find(loaded, "words", hidden))
            .as(hidden)
            .isInstanceOf(ClassNotFoundException.class);
      }
      assertThatThrownBy(() -> find(loaded, "words", "ai.djl.pytorch.engine.PtEngine"))
          .isInstanceOf(ClassNotFoundException.class);
      for (String shared :
          new String[] {
            "org.anymod.spi.Modality",
            "ai.djl.ndarray.NDArray",
            "org.slf4j.Logger",
            "jakarta.inject.Inject",
            "org.pf4j.ExtensionPoint",
            "com.fasterxml.jackson.annotation.JsonProperty"
          }) {
        assertThat(find(loaded, "words", shared)).isSameAs(Class.forName(shared));
      }
      assertThat(find(loaded, "words", "java.sql.Connection")).isNotNull();
    }
  }

  @Test
  void hidesResourcesOfTheHost() throws IOException {
    PluginJar.good("one", "words").entry("own.txt", new byte[] {1}).in(folder, "one.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      ClassLoader loader = load(catalog).modality("words").getClass().getClassLoader();
      String hidden = "org/yaml/snakeyaml/Yaml.class";
      assertThat(getClass().getClassLoader().getResource(hidden)).isNotNull();
      assertThat(loader.getResource(hidden)).isNull();
      assertThat(loader.getResources(hidden).hasMoreElements()).isFalse();
      assertThat(loader.getResource("org/anymod/spi/Modality.class")).isNotNull();
      assertThat(loader.getResource("own.txt")).isNotNull();
      assertThat(
              java.util.Collections.list(
                  loader.getResources("META-INF/services/" + Modality.class.getName())))
          .hasSize(1);
    }
  }

  @Test
  void keepsPluginsApartUnlessOneDeclaresTheOther() throws Exception {
    PluginJar.good("one", "first")
        .source("one.Own", "package one; public class Own {}")
        .in(folder, "1.jar");
    PluginJar.good("two", "second").in(folder, "2.jar");
    PluginJar.good("three", "third").attribute("Plugin-Dependencies", "one").in(folder, "3.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = load(catalog);
      assertThat(loaded.problems()).isEmpty();
      Class<?> own = find(loaded, "first", "one.Own");
      assertThat(find(loaded, "third", "one.Own")).isSameAs(own);
      assertThatThrownBy(() -> find(loaded, "second", "one.Own"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(find(loaded, "second", "demo.M")).isNotSameAs(find(loaded, "first", "demo.M"));
    }
  }

  @Test
  void givesExtensionsTheirSettings() throws IOException {
    PluginJar.of("edge").modality("M", "edge", THRESHOLD).in(folder, "edge.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.sections()).containsOnlyKeys("edge");
      assertThat(load(catalog).modality("edge").source()).isEqualTo("t7");
      Map<String, Record> settings =
          RecipeReader.read(
                  Empty.class,
                  "r.yaml",
                  "plugins: {edge: {threshold: 9}}",
                  java.util.List.of(),
                  catalog)
              .sections();
      assertThat(catalog.load(settings).modality("edge").source()).isEqualTo("t9");
    }
  }

  record Empty() {}

  @Test
  void runsNoPluginCodeWhileScanning() throws IOException {
    String property = "anymod.test.touched." + folder.getFileName();
    PluginJar.of("one")
        .modality("M", "words", "static { System.setProperty(\"" + property + "\", \"yes\"); }")
        .in(folder, "one.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(System.getProperty(property)).isNull();
      assertThat(load(catalog).problems()).isEmpty();
      assertThat(System.getProperty(property)).isEqualTo("yes");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void namesKnownModalitiesWhenAskedForAnother() throws IOException {
    PluginJar.good("one", "words").in(folder, "one.jar");
    PluginJar.plain().entry("x.txt", new byte[1]).in(folder, "broken.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = load(catalog);
      assertThat(loaded.find("depth")).isEmpty();
      assertThatThrownBy(() -> loaded.modality("depth"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("'depth'", "known: words", "broken.jar");
    }
  }

  @Test
  void understandsVersionRanges() {
    assertThat(Versions.satisfies("1.0.0", ">=1.0.0 & <2.0.0")).isTrue();
    assertThat(Versions.satisfies("2.0.0", ">=1.0.0 & <2.0.0")).isFalse();
    assertThat(Versions.satisfies("1.4.2", "^1.2.0")).isTrue();
    assertThat(Versions.satisfies("1.1.0", "^1.2.0")).isFalse();
    assertThat(Versions.satisfies("1.2.9", "~1.2.0")).isTrue();
    assertThat(Versions.satisfies("1.3.0", "~1.2.0")).isFalse();
    assertThat(Versions.satisfies("1.9.9", "1.x")).isTrue();
    assertThat(Versions.satisfies("1.0.1", "1.0.0")).isFalse();
    assertThat(Versions.satisfies("0.0.1", "*")).isTrue();
    assertThat(Versions.isRange("=>1")).isFalse();
    assertThat(Versions.isRange("")).isFalse();
  }
}
