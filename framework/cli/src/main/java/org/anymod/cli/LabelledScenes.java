package org.anymod.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.sources.SceneSource;
import org.anymod.toyworld.sources.SceneSources;

/**
 * Modalities of which the toy world has no files of its own and which plugins compute from those
 * that it has.
 */
final class LabelledScenes {
  private final List<Modality> modalities;

  LabelledScenes(LoadedPlugins plugins) {
    modalities = plugins.modalities().stream().map(LoadedModality::modality).toList();
  }

  /** Returns one source for each such modality. */
  List<SceneSource> sources() {
    List<SceneSource> sources = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Modality modality : modalities) {
      if (SceneSources.find(modality.source()).isEmpty() && taken.add(modality.source())) {
        modality.labelers().stream()
            .filter(this::works)
            .findFirst()
            .ifPresent(labeler -> sources.add(source(modality, labeler)));
      }
    }
    return sources;
  }

  private boolean works(Labeler labeler) {
    return !labeler.onCrop()
        && labeler.from().stream()
            .allMatch(name -> SceneSources.find(name).isPresent() && reader(name).isPresent());
  }

  private Optional<Modality> reader(String source) {
    return modalities.stream().filter(modality -> modality.source().equals(source)).findFirst();
  }

  private SceneSource source(Modality modality, Labeler labeler) {
    return new SceneSource(
        modality.source(),
        modality.codec().extensions().get(0),
        scene -> modality.codec().encode(labeler.label(inputs(labeler, scene))));
  }

  /** Reads what the toy world writes, so that labelers see what they would see in files. */
  private Map<String, Value> inputs(Labeler labeler, RenderedScene scene) {
    Map<String, Value> inputs = new HashMap<>();
    for (String name : labeler.from()) {
      byte[] file = SceneSources.find(name).orElseThrow().encoding().apply(scene);
      try {
        inputs.put(name, reader(name).orElseThrow().codec().decode(file));
      } catch (InvalidDataException e) {
        throw new IllegalStateException("the plugin of '" + name + "' refuses a scene", e);
      }
    }
    return inputs;
  }
}
