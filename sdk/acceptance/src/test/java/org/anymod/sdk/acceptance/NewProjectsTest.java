package org.anymod.sdk.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anymod.sdk.archetype.PluginKind;
import org.anymod.sdk.archetype.PluginProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** New projects build, test and package at once, whoever writes them. */
@DisabledOnOs(OS.WINDOWS)
class NewProjectsTest {
  private static final String PARENT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>all</groupId>
        <artifactId>all</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <modules>%s</modules>
      </project>
      """;

  @Test
  void everyKindBuildsAsItIsAndLoads() throws Exception {
    try (Workshop workshop = Workshop.open()) {
      Path all = Files.createDirectory(workshop.folder().resolve("all"));
      String modules = "";
      // The tutorial builds the remaining kind.
      for (String kind : new String[] {"text", "pixels", "sequence", "embedding"}) {
        workshop.run(all, "anymod plugins new my-" + kind + " --kind " + kind).succeeded();
        modules += "<module>my-" + kind + "</module>";
      }
      Files.writeString(all.resolve("pom.xml"), PARENT.formatted(modules));
      String built = workshop.run(all, "mvn verify").succeeded().output();
      assertThat(built).contains("Failures: 0, Errors: 0, Skipped: 0").doesNotContain("Skipped: 1");
      workshop.run(all, "mkdir plugins; cp my-*/target/my-*.jar plugins").succeeded();
      workshop.run(all, "anymod plugins verify plugins").succeeded();
      assertThat(workshop.run(all, "anymod plugins list --plugins plugins").succeeded().output())
          .contains("my_text", "my_pixels", "my_sequence", "my_embedding", "TokenSequence");
    }
  }

  @Test
  void theArchetypeWritesTheSameProject() throws Exception {
    try (Workshop workshop = Workshop.open()) {
      Workshop.copy(workshop.home().resolve("sdk/repository").toRealPath(), workshop.repository());
      PluginProject project =
          new PluginProject(
              "heat-map",
              PluginKind.GRID,
              "com.example.heat",
              workshop.home().resolve("sdk/repository").toUri().toString());
      String options =
          project.properties().entrySet().stream()
              .map(property -> "'-D" + property.getKey() + "=" + property.getValue() + "'")
              .collect(Collectors.joining(" "));
      Path generated = Files.createDirectory(workshop.folder().resolve("generated"));
      workshop
          .run(
              generated,
              "mvn org.apache.maven.plugins:maven-archetype-plugin:3.4.0:generate"
                  + " -DarchetypeCatalog=local -DarchetypeGroupId=org.anymod"
                  + " -DarchetypeArtifactId=anymod-archetype -DarchetypeVersion="
                  + project.properties().get("anymodVersion")
                  + " "
                  + options)
          .succeeded();
      Path written = workshop.folder().resolve("written");
      project.write(written);
      assertThat(texts(generated.resolve("heat-map"))).isEqualTo(texts(written));
    }
  }

  private static Map<String, String> texts(Path project) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file).replace("\r\n", "\n");
        texts.put(project.relativize(file).toString(), text);
      }
    }
    return texts;
  }
}
