package org.anymod.host.plugins;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.Modality;

/**
 * What the plugins brought.
 *
 * @param plugins the plugins that work, each after those it depends on
 * @param modalities their modalities; names are unique
 * @param losses their losses; names are unique
 * @param problems why other plugins do not work, at most one for each file
 */
public record LoadedPlugins(
    List<PluginInfo> plugins,
    List<LoadedModality> modalities,
    List<LoadedLoss> losses,
    List<PluginProblem> problems) {

  /** Keeps all lists unmodifiable. */
  public LoadedPlugins {
    plugins = List.copyOf(plugins);
    modalities = List.copyOf(modalities);
    losses = List.copyOf(losses);
    problems = List.copyOf(problems);
  }

  /**
   * Finds a modality by name.
   *
   * @param name name of a modality, such as the part of a model key before {@code @}
   * @return the modality; empty if there is none
   */
  public Optional<Modality> find(String name) {
    return modalities.stream()
        .map(LoadedModality::modality)
        .filter(m -> m.name().equals(name))
        .findFirst();
  }

  /**
   * Returns a modality by name.
   *
   * @param name name of a modality, such as the part of a model key before {@code @}
   * @return the modality
   * @throws IllegalArgumentException if there is none; the message lists the known ones and the
   *     plugins that failed
   */
  public Modality modality(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private String unknown(String name) {
    List<String> known =
        modalities.stream().map(loaded -> loaded.modality().name()).sorted().toList();
    List<String> failed =
        problems.stream()
            .filter(problem -> !problem.code().isHarmless())
            .map(problem -> problem.file().toString())
            .toList();
    String text =
        "no plugin brings the modality '"
            + name
            + "'; known: "
            + (known.isEmpty() ? "none" : String.join(", ", known));
    return failed.isEmpty() ? text : text + "; not loaded: " + String.join(", ", failed);
  }
}
