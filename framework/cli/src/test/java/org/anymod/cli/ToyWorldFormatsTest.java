package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedModality;
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
  @TempDir Path folder;

  @Test
  void pluginsReadWhatTheToyWorldWrites() throws Exception {
    Set<String> read = new HashSet<>();
    try (AnymodHost host = AnymodHost.open(ShippedPlugins.in(folder))) {
      ToyWorld world = ToyWorld.withPeople(11, 64);
      for (int i = 0; i < 6; i++) {
        RenderedScene scene = world.render(i);
        for (LoadedModality loaded : host.loadWithDefaults().modalities()) {
          Modality modality = loaded.modality();
          SceneSource source = SceneSources.find(modality.source()).orElse(null);
          if (source != null && !hasItsOwnWidth(modality.source())) {
            assertThat(modality.codec().extensions()).contains(source.extension());
            Value value = modality.codec().decode(source.encoding().apply(scene));
            assertThat(value).as(modality.name()).isNotNull();
            read.add(source.name());
          }
        }
      }
    }
    assertThat(read).contains("rgb", "depth", "semseg", "caption");
    assertThat(read.size()).isGreaterThanOrEqualTo(4);
  }

  /** Stand-in features are narrower than the published ones and need the setting of the width. */
  private static boolean hasItsOwnWidth(String source) throws IOException {
    return Set.of("clip", "dinov2", "imagebind", "dinov2_global", "imagebind_global", "t5_caption")
        .contains(source);
  }
}
