package org.anymod.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anymod.toyworld.sources.SceneSelection;
import org.anymod.toyworld.sources.SceneSource;
import org.anymod.toyworld.sources.SceneSources;

/** Turns names of modalities into what of the toy world is written. */
final class ToyWorldChoice {
  private static final String ALL = "all";

  private final Optional<LabelledScenes> labelled;

  /**
   * Creates a choice.
   *
   * @param labelled what plugins compute from scenes; empty if none are loaded
   */
  ToyWorldChoice(Optional<LabelledScenes> labelled) {
    this.labelled = labelled;
  }

  /** Returns whether the names can be written without plugins. */
  static boolean needsNoPlugins(List<String> names) {
    return names.stream().allMatch(name -> SceneSources.find(name).isPresent());
  }

  /**
   * Makes the selection.
   *
   * @param names source names, or {@code all}
   * @param people whether people are wanted; empty for where there is more than the plain world
   */
  SceneSelection select(List<String> names, Optional<Boolean> people) {
    List<SceneSource> sources =
        names.contains(ALL) ? all() : new LinkedHashSet<>(names).stream().map(this::find).toList();
    Set<String> plain = Set.copyOf(SceneSelection.plain().names());
    boolean more = sources.stream().anyMatch(source -> !plain.contains(source.name()));
    return new SceneSelection(sources, people.orElse(more));
  }

  private List<SceneSource> all() {
    List<SceneSource> all = new ArrayList<>(SceneSources.all());
    labelled.ifPresent(scenes -> all.addAll(scenes.sources()));
    return all;
  }

  private SceneSource find(String name) {
    return all().stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserMistake(unknown(name)));
  }

  private String unknown(String name) {
    List<String> known = all().stream().map(SceneSource::name).sorted().toList();
    return "--modalities has '" + name + "', allowed: " + ALL + ", " + String.join(", ", known);
  }
}
