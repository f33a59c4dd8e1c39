package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Records of settings that are wrong. */
class BadSettingsTest extends BadPlugin {

  @Test
  void reportsSettingOfUnsupportedType() throws IOException {
    expect(
        configured("bad", "s", "Thread x", ""),
        PluginError.BROKEN_SETTINGS,
        "component x",
        "java.lang.Thread");
  }

  @Test
  void reportsDefaultThatDoesNotFit() throws IOException {
    expect(
        configured("bad", "s", "int x", "defaultValue = \"many\""),
        PluginError.BROKEN_SETTINGS,
        "'many'",
        "x");
  }

  @Test
  void reportsMalformedSectionName() throws IOException {
    expect(
        configured("bad", "Not this", "int x", "defaultValue = \"1\""),
        PluginError.BROKEN_SETTINGS,
        "'Not this'");
  }

  @Test
  void reportsRequiredSettingsThatNoRecipeGives() throws IOException {
    expect(
        configured("bad", "threshold", "int x", ""),
        PluginError.MISSING_SETTINGS,
        "plugins.threshold");
  }

  @Test
  void reportsSectionOfAnotherPlugin() throws IOException {
    configured("first", "s", "int x", "defaultValue = \"1\"").in(folder, "b.jar");
    configured("second", "s", "int x", "defaultValue = \"1\"").in(folder, "c.jar");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.DUPLICATE_SETTINGS);
    assertThat(problem.message()).contains("'s'", "plugin first");
  }

  private static PluginJar configured(String id, String section, String component, String more) {
    String body = settings(section, component, more) + "@jakarta.inject.Inject public M(S s) {}";
    return PluginJar.of(id).modality("M", id + "_words", body);
  }
}
