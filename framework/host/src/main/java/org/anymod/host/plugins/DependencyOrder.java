package org.anymod.host.plugins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sorts plugins so that each comes after those it depends on, and sorts out those that lack one.
 */
final class DependencyOrder {
  private final List<PluginArchive> order = new ArrayList<>();
  private final List<PluginProblem> problems = new ArrayList<>();
  private final Map<String, PluginArchive> known = new LinkedHashMap<>();

  private DependencyOrder() {}

  static DependencyOrder of(List<PluginArchive> archives) {
    DependencyOrder result = new DependencyOrder();
    archives.forEach(archive -> result.known.put(archive.info().id(), archive));
    List<PluginArchive> waiting = new ArrayList<>(archives);
    boolean moved = true;
    while (moved) {
      moved = false;
      for (PluginArchive archive : List.copyOf(waiting)) {
        Optional<String> unmet = result.unmet(archive.info());
        if (unmet.isPresent()) {
          result.reject(archive, unmet.get());
        } else if (result.isReady(archive.info())) {
          result.order.add(archive);
        } else {
          continue;
        }
        waiting.remove(archive);
        moved = true;
      }
    }
    waiting.forEach(archive -> result.reject(archive, result.cycle(archive.info())));
    return result;
  }

  /**
   * Checks that all plugins that one depends on have come through a stage of loading.
   *
   * @throws PluginFault with code UNMET_DEPENDENCY
   */
  static void requireLoaded(PluginInfo plugin, Set<String> loaded) throws PluginFault {
    for (PluginInfo.Dependency needed : plugin.dependencies()) {
      if (!loaded.contains(needed.id())) {
        throw new PluginFault(
            PluginError.UNMET_DEPENDENCY,
            "needs plugin "
                + needed.id()
                + ", which could not be loaded; see what is wrong with that one");
      }
    }
  }

  /** Returns the plugins that can be loaded, in an order in which they can. */
  List<PluginArchive> order() {
    return order;
  }

  List<PluginProblem> problems() {
    return problems;
  }

  private void reject(PluginArchive archive, String message) {
    known.remove(archive.info().id());
    problems.add(
        new PluginProblem(
            PluginError.UNMET_DEPENDENCY, archive.info().file(), archive.info().id(), message));
  }

  private boolean isReady(PluginInfo plugin) {
    return plugin.dependencies().stream()
        .allMatch(
            needed -> order.stream().anyMatch(loaded -> loaded.info().id().equals(needed.id())));
  }

  private Optional<String> unmet(PluginInfo plugin) {
    for (PluginInfo.Dependency needed : plugin.dependencies()) {
      PluginArchive found = known.get(needed.id());
      String range = needed.range().equals("*") ? "" : " " + needed.range();
      if (found == null) {
        return Optional.of(
            "needs plugin "
                + needed.id()
                + range
                + ", which is missing or could not be loaded; put it into the plugins"
                + " folder");
      }
      if (!Versions.satisfies(found.info().version(), needed.range())) {
        return Optional.of(
            "needs plugin "
                + needed.id()
                + range
                + ", but version "
                + found.info().version()
                + " was found; install a version that fits");
      }
    }
    return Optional.empty();
  }

  private String cycle(PluginInfo plugin) {
    List<String> needed = plugin.dependencies().stream().map(PluginInfo.Dependency::id).toList();
    return "needs "
        + String.join(", ", needed)
        + ", which in the end needs this plugin again"
        + "; plugins cannot depend on each other in a circle";
  }
}
