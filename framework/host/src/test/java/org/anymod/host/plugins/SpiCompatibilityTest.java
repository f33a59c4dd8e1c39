package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.host.recipe.RecipeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins for older compatible versions of the SPI load; others are named. */
class SpiCompatibilityTest {
  private static final Path MODALITY =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolve("../spi/src/main/java/org/anymod/spi/Modality.java");

  @TempDir Path folder;

  private LoadedPlugins load(String spi) {
    try (PluginCatalog catalog = PluginScanner.scan(spi, List.of(folder))) {
      return catalog.load(RecipeReader.defaults(catalog));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.3.0, >=1.0.0 & <2.0.0",
    "1.3.0, ^1.3.0",
    "1.3.7, ^1.3.0",
    "1.3.0, ~1.3.0",
    "2.0.0, >=1.2.0 & <3.0.0"
  })
  void loadsAPluginForThisOrAnOlderMinorVersion(String spi, String requires) throws IOException {
    PluginJar.good("one", "words").attribute("Plugin-Requires", requires).in(folder, "one.jar");
    LoadedPlugins loaded = load(spi);
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.modality("words").name()).isEqualTo("words");
  }

  @ParameterizedTest
  @CsvSource({
    "1.3.0, ^1.4.0",
    "1.3.0, >=2.0.0 & <3.0.0",
    "2.0.0, >=1.0.0 & <2.0.0",
    "1.3.0, >=0.9.0 & <1.0.0"
  })
  void namesAPluginForAnotherVersion(String spi, String requires) throws IOException {
    PluginJar.good("one", "words").attribute("Plugin-Requires", requires).in(folder, "one.jar");
    LoadedPlugins loaded = load(spi);
    assertThat(loaded.modalities()).isEmpty();
    assertThat(loaded.problems()).hasSize(1);
    PluginProblem problem = loaded.problems().get(0);
    assertThat(problem.code()).isEqualTo(PluginError.INCOMPATIBLE_SPI);
    assertThat(problem.pluginId()).isEqualTo("one");
    assertThat(problem.message())
        .contains("needs SPI " + requires, "this host has SPI " + spi, "build it against SPI");
  }

  @Test
  void aPluginCompiledBeforeAMethodWasAddedTakesItsDefault() throws IOException {
    String modality = Files.readString(MODALITY);
    String without = modality.replaceAll("(?s)default String modelLoss\\(\\) \\{.*?\\n  }", "");
    assertThat(without).hasSizeLessThan(modality.length());
    compiled("older", without, "public String name() { return \"older\"; }");
    LoadedPlugins loaded = load(PluginScanner.spiVersion());
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.modality("older").modelLoss()).isEqualTo("cross_entropy");
  }

  @Test
  void aPluginThatCallsAMethodOfANewerSpiIsNamed() throws IOException {
    String with =
        Files.readString(MODALITY)
            .replaceFirst(
                "public interface Modality extends ExtensionPoint \\{",
                "public interface Modality extends ExtensionPoint {"
                    + " default String flavour() { return \"sweet\"; }");
    compiled("newer", with, "public String name() { return flavour(); }");
    PluginJar.good("good", "words").in(folder, "good.jar");
    LoadedPlugins loaded = load(PluginScanner.spiVersion());
    assertThat(loaded.modality("words").name()).isEqualTo("words");
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.problems().get(0).pluginId()).isEqualTo("newer");
    assertThat(loaded.problems().get(0).message()).contains("NoSuchMethodError", "flavour");
  }

  /** A plugin whose modality was compiled against the given text of the interface. */
  private void compiled(String id, String modality, String body) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("org.anymod.spi.Modality", modality);
    sources.put("demo.Base", PluginJar.BASE);
    sources.put("demo.M", "package demo; public class M extends Base { " + body + " }");
    PluginJar jar = PluginJar.of(id).service("org.anymod.spi.Modality", "demo.M");
    SourceCompiler.compile(sources)
        .forEach(
            (path, bytes) -> {
              if (path.startsWith("demo/")) {
                jar.entry(path, bytes);
              }
            });
    jar.in(folder, id + ".jar");
  }
}
