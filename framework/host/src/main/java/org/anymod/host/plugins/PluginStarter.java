package org.anymod.host.plugins;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second phase of loading: instantiates the extensions of each plugin and checks what they say
 * about themselves.
 */
final class PluginStarter {
  private static final Logger LOG = LoggerFactory.getLogger(PluginStarter.class);

  private final HostPluginManager manager;
  private final Map<String, Record> settings;
  private final PluginInjector injector = new PluginInjector();
  private final List<PluginInfo> plugins = new ArrayList<>();
  private final Map<String, LoadedModality> modalities = new LinkedHashMap<>();
  private final Map<String, LoadedLoss> losses = new LinkedHashMap<>();
  private final FieldSequences sequences = new FieldSequences();
  private final List<PluginProblem> problems;

  private PluginStarter(
      HostPluginManager manager, Map<String, Record> settings, List<PluginProblem> problems) {
    this.manager = manager;
    this.settings = settings;
    this.problems = new ArrayList<>(problems);
    manager.useExtensionFactory(injector);
  }

  static LoadedPlugins start(
      List<DiscoveredPlugin> plugins,
      HostPluginManager manager,
      Map<String, Record> settings,
      List<PluginProblem> problems) {
    PluginStarter starter = new PluginStarter(manager, settings, problems);
    for (DiscoveredPlugin plugin : plugins) {
      try {
        starter.start(plugin);
      } catch (PluginFault fault) {
        starter.report(fault.problem(plugin.info().file(), plugin.info().id()));
      }
    }
    starter.join();
    return new LoadedPlugins(
        starter.plugins,
        List.copyOf(starter.modalities.values()),
        List.copyOf(starter.losses.values()),
        starter.problems);
  }

  /** The joint sequences come last; what they are made of is checked already. */
  private void join() {
    try {
      for (LoadedModality joint : sequences.joined()) {
        modalities.put(joint.modality().name(), joint);
      }
    } catch (PluginFault fault) {
      throw new IllegalStateException("fields that fit do not make a sequence", fault);
    }
  }

  private void report(PluginProblem problem) {
    problems.add(problem);
    LOG.warn("Plugin not loaded: {}", problem.text());
  }

  private void start(DiscoveredPlugin plugin) throws PluginFault {
    PluginInfo info = plugin.info();
    Set<String> started = plugins.stream().map(PluginInfo::id).collect(Collectors.toSet());
    DependencyOrder.requireLoaded(info, started);
    requireSettings(plugin);
    try {
      injector.add(plugin, manager.getPluginClassLoader(info.id()), settings);
    } catch (RuntimeException | LinkageError e) {
      throw failed(info.id(), e);
    }
    Map<String, LoadedModality> newModalities = new LinkedHashMap<>();
    for (Class<? extends Modality> type : plugin.modalities()) {
      addModality(create(type), info, newModalities);
    }
    Map<String, LoadedLoss> newLosses = new LinkedHashMap<>();
    for (Class<? extends Loss> type : plugin.losses()) {
      addLoss(create(type), info, newLosses);
    }
    Set<String> names = new HashSet<>(modalities.keySet());
    names.addAll(newModalities.keySet());
    sequences.add(FieldSequences.of(newModalities.values(), info), names);
    plugins.add(info);
    modalities.putAll(newModalities);
    losses.putAll(newLosses);
    LOG.info(
        "Loaded plugin {} {}: modalities {}, losses {}",
        info.id(),
        info.version(),
        newModalities.keySet(),
        newLosses.keySet());
  }

  private void requireSettings(DiscoveredPlugin plugin) throws PluginFault {
    Set<String> missing = new LinkedHashSet<>(plugin.sections().keySet());
    missing.removeAll(settings.keySet());
    if (!missing.isEmpty()) {
      throw new PluginFault(
          PluginError.MISSING_SETTINGS,
          "has required settings without a default; give plugins."
              + String.join(" and plugins.", missing)
              + " in the recipe");
    }
  }

  private <T> T create(Class<T> type) throws PluginFault {
    try {
      return manager.getExtensionFactory().create(type);
    } catch (RuntimeException | Error e) {
      throw failed(type.getName(), PluginInjector.reason(e));
    }
  }

  private static PluginFault failed(String what, Throwable cause) {
    if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
      // Not the plugin's affair alone: the whole process is in trouble.
      throw error;
    }
    if (cause instanceof NoClassDefFoundError missing) {
      return ExtensionDiscovery.broken(what, missing);
    }
    return new PluginFault(
        PluginError.CONSTRUCTOR_FAILED,
        what
            + " cannot be instantiated: its constructor threw "
            + cause
            + "; correct the settings or the plugin",
        cause);
  }

  private void addModality(Modality modality, PluginInfo info, Map<String, LoadedModality> added)
      throws PluginFault {
    ModalityCheck.check(modality);
    String name = modality.name();
    LoadedModality other = modalities.getOrDefault(name, added.get(name));
    if (other != null) {
      throw new PluginFault(
          PluginError.DUPLICATE_MODALITY, taken("modality", name, other.pluginId()));
    }
    Optional<String> contributors = sequences.owners(name);
    if (contributors.isPresent()) {
      throw new PluginFault(
          PluginError.DUPLICATE_MODALITY, taken("modality", name, contributors.get()));
    }
    added.put(name, new LoadedModality(modality, info.id(), info.version()));
  }

  private void addLoss(Loss loss, PluginInfo info, Map<String, LoadedLoss> added)
      throws PluginFault {
    String name = nameOf(loss);
    LoadedLoss other = losses.getOrDefault(name, added.get(name));
    if (other != null) {
      throw new PluginFault(PluginError.DUPLICATE_LOSS, taken("loss", name, other.pluginId()));
    }
    added.put(name, new LoadedLoss(loss, info.id(), info.version()));
  }

  private static String nameOf(Loss loss) throws PluginFault {
    try {
      String name = loss.name();
      ModalityCheck.checkName("name()", loss, name);
      return name;
    } catch (RuntimeException | LinkageError e) {
      throw new PluginFault(
          PluginError.CONTRADICTION, loss.getClass().getName() + ": name() throws " + e, e);
    }
  }

  private static String taken(String what, String name, String owner) {
    return "brings the "
        + what
        + " '"
        + name
        + "', which plugin "
        + owner
        + " already brings; names must be unique, so rename it or remove one of the plugins";
  }
}
