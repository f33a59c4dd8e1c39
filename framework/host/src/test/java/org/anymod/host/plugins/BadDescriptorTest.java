package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Descriptors and dependencies that are wrong. */
class BadDescriptorTest extends BadPlugin {

  @Test
  void reportsMissingDescriptor() throws IOException {
    expect(
        PluginJar.plain().modality("M", "words", ""),
        PluginError.NO_DESCRIPTOR,
        "Plugin-Id",
        "META-INF/MANIFEST.MF");
  }

  @Test
  void reportsJarWithoutManifest() throws IOException {
    Files.write(folder.resolve("bad.jar"), PluginJar.zip(Map.of("some.txt", new byte[] {1})));
    assertThat(onlyProblem().code()).isEqualTo(PluginError.NO_DESCRIPTOR);
  }

  @Test
  void reportsMissingAttribute() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Version", null);
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Version is missing");
  }

  @Test
  void reportsMalformedVersionWithItsLine() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Version", "one");
    expect(
        bad,
        PluginError.MALFORMED_DESCRIPTOR,
        "Plugin-Version (META-INF/MANIFEST.MF line 3) is 'one'",
        "1.2.0");
  }

  @Test
  void reportsMalformedRange() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Requires", ">=1.0.0 and up");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Requires", "'>=1.0.0 and up'", "range");
  }

  @Test
  void reportsMalformedId() throws IOException {
    expect(
        PluginJar.good("../bad", "words"),
        PluginError.MALFORMED_DESCRIPTOR,
        "Plugin-Id",
        "'../bad'");
  }

  @Test
  void reportsMalformedDependencies() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "good@, ,x");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Dependencies", "'good@'");
  }

  @Test
  void reportsBrokenManifestLine() throws IOException {
    byte[] manifest =
        "Manifest-Version: 1.0\r\nPlugin-Id bad\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    PluginJar bad = PluginJar.good("bad", "words").entry("META-INF/MANIFEST.MF", manifest);
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "META-INF/MANIFEST.MF", "line 2");
  }

  @Test
  void reportsUnsupportedPluginClass() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Class", "demo.M");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Class", "META-INF/services");
  }

  @Test
  void reportsIncompatibleSpi() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Requires", ">=2.0.0");
    expect(bad, PluginError.INCOMPATIBLE_SPI, ">=2.0.0", "SPI " + PluginScanner.spiVersion());
  }

  @Test
  void reportsMissingDependency() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "other@^3.0.0");
    expect(bad, PluginError.UNMET_DEPENDENCY, "other ^3.0.0", "missing");
  }

  @Test
  void reportsDependencyOfWrongVersion() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "good@>=2.0.0");
    expect(bad, PluginError.UNMET_DEPENDENCY, "good >=2.0.0", "1.2.0");
  }

  @Test
  void reportsDependencyThatFailsToStart() throws IOException {
    PluginJar.of("broken")
        .modality("M", "broken", "public M() { throw new IllegalStateException(); }")
        .in(folder, "b.jar");
    PluginJar.good("user", "words").attribute("Plugin-Dependencies", "broken").in(folder, "c.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.load(Map.of()).problems())
          .extracting(PluginProblem::code)
          .containsExactly(PluginError.CONSTRUCTOR_FAILED, PluginError.UNMET_DEPENDENCY);
    }
  }

  @Test
  void reportsCircle() throws IOException {
    PluginJar.good("x", "x").attribute("Plugin-Dependencies", "y").in(folder, "x.jar");
    PluginJar.good("y", "y").attribute("Plugin-Dependencies", "x").in(folder, "y.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.problems()).hasSize(2);
      assertThat(catalog.problems())
          .allSatisfy(problem -> assertThat(problem.message()).contains("circle"));
    }
  }

  @Test
  void reportsDuplicateIdAndKeepsTheFirst() throws IOException {
    expect(PluginJar.good("good", "words"), PluginError.DUPLICATE_PLUGIN, "id good", "a-good.jar");
  }
}
