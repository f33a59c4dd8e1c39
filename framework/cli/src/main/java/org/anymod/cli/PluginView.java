package org.anymod.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedLoss;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginInfo;
import org.anymod.host.plugins.PluginProblem;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Modality;

/** What a folder of plugins holds, as it is shown. */
record PluginView(String folder, List<Plugin> plugins, List<Joint> joint, List<Problem> problems) {

  record Plugin(
      String id,
      String version,
      String description,
      String file,
      List<ModalityView> modalities,
      List<String> losses) {}

  /** A modality; feeds and sharesTokenizer are null where there is no other. */
  record ModalityView(
      String name,
      String kind,
      List<String> roles,
      String source,
      String feeds,
      String sharesTokenizer) {}

  /** A modality that the host makes of what several plugins contribute. */
  record Joint(List<String> of, ModalityView modality) {}

  record Problem(String code, boolean harmless, String file, String plugin, String message) {}

  /** Loads all plugins of a folder with their default settings. */
  static PluginView of(PluginOptions options) {
    return of(options.folder());
  }

  /** Loads all plugins of a folder, or one plugin, with their default settings. */
  static PluginView of(Path place) {
    try (AnymodHost host = AnymodHost.open(place)) {
      LoadedPlugins loaded = host.loadWithDefaults();
      return new PluginView(
          place.toString(),
          loaded.plugins().stream().map(info -> plugin(info, loaded)).toList(),
          loaded.modalities().stream()
              .filter(m -> !m.jointOf().isEmpty())
              .map(m -> new Joint(m.jointOf(), modality(m.modality())))
              .toList(),
          loaded.problems().stream().map(PluginView::problem).toList());
    }
  }

  boolean broken() {
    return problems.stream().anyMatch(problem -> !problem.harmless());
  }

  private static Plugin plugin(PluginInfo info, LoadedPlugins loaded) {
    List<ModalityView> modalities = new ArrayList<>();
    for (LoadedModality modality : loaded.modalities()) {
      if (modality.jointOf().isEmpty() && modality.pluginId().equals(info.id())) {
        modalities.add(modality(modality.modality()));
      }
    }
    List<String> losses =
        loaded.losses().stream()
            .filter(loss -> loss.pluginId().equals(info.id()))
            .map((LoadedLoss loss) -> loss.loss().name())
            .toList();
    return new Plugin(
        info.id(),
        info.version(),
        info.description(),
        info.file().getFileName().toString(),
        modalities,
        losses);
  }

  private static ModalityView modality(Modality modality) {
    Declaration declared =
        modality.declare(new DeclarationRequest(modality.name(), 224, 16, OptionalInt.empty()));
    List<String> roles =
        declared.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .toList();
    String kind = declared.kind().getClass().getSimpleName();
    return new ModalityView(
        modality.name(),
        kind,
        roles,
        modality.source(),
        modality.feeds().orElse(null),
        modality.sharedTokenizer().orElse(null));
  }

  private static Problem problem(PluginProblem problem) {
    return new Problem(
        problem.code().name().toLowerCase(Locale.ROOT),
        problem.code().isHarmless(),
        problem.file().toString(),
        problem.pluginId(),
        problem.message());
  }
}
