package org.anymod.host.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anymod.host.recipe.PluginSections;
import org.anymod.spi.Modality;
import org.pf4j.PluginClassLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that a scan found: their descriptors and settings, with no extension instantiated
 * yet. Closing it makes the classes of all plugins unusable.
 */
public final class PluginCatalog implements PluginSections, AutoCloseable {
  /** Instances made while a recipe was read, to know the names; the first load takes them. */
  private record Started(Map<String, Record> settings, LoadedPlugins plugins) {}

  private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

  private final List<DiscoveredPlugin> plugins;
  private final List<PluginProblem> problems;
  private Optional<Started> startedEarly = Optional.empty();
  private final HostPluginManager manager;
  private final Unpacker unpacker;
  private final PluginIndex index;

  PluginCatalog(
      List<DiscoveredPlugin> plugins,
      List<PluginProblem> problems,
      HostPluginManager manager,
      Unpacker unpacker,
      PluginIndex index) {
    this.index = index;
    this.plugins = List.copyOf(plugins);
    this.problems = List.copyOf(problems);
    this.manager = manager;
    this.unpacker = unpacker;
    problems.forEach(
        problem ->
            LOG.warn(
                "{}: {}",
                problem.code().isHarmless() ? "Ignored" : "Plugin not loaded",
                problem.text()));
  }

  /**
   * Returns the descriptors of the plugins that passed all checks so far.
   *
   * @return the descriptors, each after those of the plugins it depends on
   */
  public List<PluginInfo> plugins() {
    return plugins.stream().map(DiscoveredPlugin::info).toList();
  }

  /**
   * Returns what is wrong with the other plugins.
   *
   * @return at most one problem for each file
   */
  public List<PluginProblem> problems() {
    return problems;
  }

  /**
   * Returns the records that the plugins' extensions want to be filled from a recipe.
   *
   * @return the records by the name of their section, in the order of the plugins
   */
  @Override
  public Map<String, Class<? extends Record>> sections() {
    Map<String, Class<? extends Record>> sections = new LinkedHashMap<>();
    plugins.forEach(plugin -> sections.putAll(plugin.sections()));
    return Collections.unmodifiableMap(sections);
  }

  /**
   * {@inheritDoc} Not known without plugins, or where one could not be loaded: one of its
   * modalities may be meant, and the plugin's own problem says more.
   */
  @Override
  public Optional<Set<String>> modalities(Map<String, Record> settings) {
    LoadedPlugins loaded = started(settings);
    if (loaded.problems().stream().anyMatch(problem -> !problem.code().isHarmless())) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    loaded.modalities().forEach(modality -> names.add(modality.modality().name()));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private LoadedPlugins started(Map<String, Record> settings) {
    if (startedEarly.isEmpty() || !startedEarly.get().settings().equals(settings)) {
      LoadedPlugins loaded = PluginStarter.start(plugins, manager, settings, problems);
      startedEarly = Optional.of(new Started(Map.copyOf(settings), loaded));
    }
    return startedEarly.get().plugins();
  }

  @Override
  public Map<String, String> feeding(Map<String, Record> settings) {
    Map<String, String> feeding = new TreeMap<>();
    for (LoadedModality loaded : started(settings).modalities()) {
      Modality modality = loaded.modality();
      modality.feeds().ifPresent(target -> feeding.put(modality.name(), target));
    }
    return feeding;
  }

  @Override
  public Optional<String> whereToFind(String modality) {
    return index.hint(modality);
  }

  /**
   * Instantiates the extensions of all plugins. May be called several times; each call gives new
   * instances.
   *
   * @param settings a record for each of the {@link #sections()}; a plugin whose section is missing
   *     is not loaded
   * @return what works, and one problem for each plugin that does not, those of the scan included
   */
  public LoadedPlugins load(Map<String, Record> settings) {
    Optional<Started> early = startedEarly;
    startedEarly = Optional.empty();
    return early.isPresent() && early.get().settings().equals(settings)
        ? early.get().plugins()
        : PluginStarter.start(plugins, manager, settings, problems);
  }

  /** Closes the class loaders and removes what was unpacked. */
  @Override
  public void close() {
    for (DiscoveredPlugin plugin : plugins) {
      try {
        ((PluginClassLoader) manager.getPluginClassLoader(plugin.info().id())).close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close plugin " + plugin.info().id(), e);
      }
    }
    unpacker.close();
  }
}
