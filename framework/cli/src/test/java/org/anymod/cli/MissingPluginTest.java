package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each plugin of this build stands alone: without any one of them the others work. */
class MissingPluginTest {
  private static final Path INDEX = Path.of("../../distribution/conf/plugins-index.properties");

  @TempDir Path folder;

  @Test
  void anyOneCanBeDeletedAndARecipeThatNeedsItSaysWhichJarToGet() throws IOException {
    Path plugins = ShippedPlugins.in(folder);
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.copy(INDEX, conf.resolve(INDEX.getFileName()));
    Map<String, String> modalities = modalitiesByJar(plugins);
    assertThat(modalities).hasSize(21);
    for (Map.Entry<String, String> missing : modalities.entrySet()) {
      Path jar = plugins.resolve(missing.getKey());
      Path aside = folder.resolve(missing.getKey());
      Files.move(jar, aside);
      try (AnymodHost host = AnymodHost.open(plugins)) {
        LoadedPlugins loaded = host.loadWithDefaults();
        assertThat(loaded.problems()).as("without %s", missing.getKey()).isEmpty();
        assertThat(loaded.plugins()).hasSize(20);
        Path recipe = recipe(missing.getValue());
        assertThatThrownBy(() -> host.read(recipe, List.of()))
            .as("without %s", missing.getKey())
            .hasMessageContaining("'" + missing.getValue() + "'")
            .hasMessageContaining(
                missing.getKey().replaceFirst("(-\\d[^/]*)?\\.jar$", "") + "-<version>.jar");
      }
      Files.move(aside, jar);
    }
  }

  /** Returns one modality of each plugin by the name of its JAR. */
  private static Map<String, String> modalitiesByJar(Path plugins) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Map<String, String> modalities = new TreeMap<>();
    try (AnymodHost host = AnymodHost.open(plugins)) {
      LoadedPlugins loaded = host.loadWithDefaults();
      for (PluginInfo info : loaded.plugins()) {
        files.put(info.id(), info.file().getFileName().toString());
      }
      for (LoadedModality modality : loaded.modalities()) {
        String file = files.get(modality.pluginId());
        if (file != null) {
          modalities.putIfAbsent(file, modality.modality().name());
        }
      }
    }
    try (Stream<Path> jars = Files.list(plugins)) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(modalities.keySet());
    }
    return modalities;
  }

  private Path recipe(String modality) throws IOException {
    String text =
        """
        name: test
        output: out
        resolution: 224
        patch: 16
        modalities: {%s: {}}
        data: {root: data}
        tokenizers: {}
        model: {preset: base_12e_12d_swiglu_nobias, tied_heads: false}
        masking: {mixture: [{}]}
        """
            .formatted(modality);
    return Files.writeString(folder.resolve("recipe.yaml"), text);
  }
}
