package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyWorld;
import org.anymod.toyworld.sources.SceneSource;
import org.anymod.toyworld.sources.SceneSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of the toy world is one that the plugin of its modality reads. */
class ToyWorldFormatsTest {
  private static final String LABELS =
      """
      plugins:
        semseg: {labels: [sky, ground, sphere, box, cylinder, cone, person]}
        det: {labels: [sphere, box, cylinder, cone, person]}
        clip: {width: 32}
        dinov2: {width: 32}
        imagebind: {width: 32}
        dinov2_global: {width: 64}
        imagebind_global: {width: 64}
        t5_caption: {width: 64}
      """;

  @TempDir Path folder;

  @Test
  void pluginsReadWhatTheToyWorldWrites() throws Exception {
    Set<String> read = new HashSet<>();
    TinyRun run = TinyRun.in(folder);
    Files.writeString(run.recipe(), LABELS, StandardOpenOption.APPEND);
    try (AnymodHost host = AnymodHost.open(run.plugins())) {
      LoadedPlugins plugins = host.load(host.read(run.recipe(), List.of()));
      ToyWorld world = ToyWorld.withPeople(11, 64);
      for (int i = 0; i < 6; i++) {
        RenderedScene scene = world.render(i);
        for (LoadedModality loaded : plugins.modalities()) {
          Modality modality = loaded.modality();
          SceneSource source = SceneSources.find(modality.source()).orElse(null);
          if (source != null) {
            assertThat(modality.codec().extensions()).contains(source.extension());
            Value value = modality.codec().decode(source.encoding().apply(scene));
            assertThat(value).as(modality.name()).isNotNull();
            read.add(source.name());
          }
        }
      }
    }
    assertThat(read)
        .contains("rgb", "depth", "semseg", "caption", "det", "normal", "sam_edge", "web_text")
        .contains("human_poses", "sam_instance")
        .contains("image_metadata", "semantic_metadata", "geometric_metadata", "metadata")
        .contains("clip", "dinov2", "imagebind", "dinov2_global", "imagebind_global", "t5_caption");
  }
}
