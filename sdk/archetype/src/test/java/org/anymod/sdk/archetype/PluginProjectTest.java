package org.anymod.sdk.archetype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PluginProjectTest {
  @TempDir Path folder;

  private static PluginProject project(PluginKind kind) {
    return new PluginProject("heat-map", kind, "com.example.heat", "file:///sdk");
  }

  @ParameterizedTest
  @EnumSource(PluginKind.class)
  void rendersTemplatesAsVelocityDoes(PluginKind kind) {
    VelocityEngine velocity = new VelocityEngine();
    VelocityContext context = new VelocityContext();
    project(kind).properties().forEach(context::put);
    Map<String, String> files = project(kind).files();
    Map<String, String> templates =
        Map.of(
            "pom.xml",
            "pom.xml",
            "README.md",
            "README.md",
            "src/main/java/__type__Modality.java",
            "src/main/java/com/example/heat/HeatMapModality.java",
            "src/main/java/package-info.java",
            "src/main/java/com/example/heat/package-info.java",
            "src/main/resources/META-INF/services/org.anymod.spi.Modality",
            "src/main/resources/META-INF/services/org.anymod.spi.Modality",
            "src/test/java/__type__ModalityTest.java",
            "src/test/java/com/example/heat/HeatMapModalityTest.java");
    assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(templates.values());
    templates.forEach(
        (template, file) -> {
          StringWriter expected = new StringWriter();
          String text = Templates.text("/archetype-resources/" + template);
          velocity.evaluate(context, expected, template, text);
          assertThat(files.get(file)).as(file).isEqualTo(expected.toString());
        });
  }

  @Test
  void namesThingsAfterTheProject() {
    Map<String, String> files = project(PluginKind.GRID).files();
    assertThat(files.get("src/main/resources/META-INF/services/org.anymod.spi.Modality"))
        .isEqualTo("com.example.heat.HeatMapModality\n");
    assertThat(files.get("src/main/java/com/example/heat/HeatMapModality.java"))
        .startsWith("package com.example.heat;\n")
        .contains("return \"heat_map\";")
        .doesNotContain("#if", "${");
    assertThat(files.get("pom.xml"))
        .contains("<url>file:///sdk</url>", "${project.build.directory}")
        .doesNotContain("${artifactId}", "${anymodVersion}");
  }

  @Test
  void writesIntoANewOrEmptyFolderOnly() throws IOException {
    Path place = folder.resolve("a/heat-map");
    project(PluginKind.TEXT).write(place);
    assertThat(place.resolve("pom.xml")).exists();
    assertThat(folder.resolve("a")).isDirectoryContaining(path -> path.equals(place));
    assertThatThrownBy(() -> project(PluginKind.TEXT).write(place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    project(PluginKind.TEXT).write(empty);
    assertThat(empty.resolve("README.md")).exists();
  }

  @Test
  void refusesNamesThatCannotBe() {
    assertThatThrownBy(() -> new PluginProject("Heat", PluginKind.TEXT, "a.b", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Heat'")
        .hasMessageContaining("heat-map");
    assertThatThrownBy(() -> new PluginProject("../x", PluginKind.TEXT, "a.b", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PluginProject("x", PluginKind.TEXT, "a/b", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.example.heatmap");
  }
}
