package org.anymod.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.spi.Modality;

/**
 * The first phase of loading: finds plugins, checks them and learns which settings they take,
 * without running any of their code.
 */
public final class PluginScanner {
  private final List<PluginProblem> problems = new ArrayList<>();
  private final ArchiveReader reader;
  private final HostPluginManager manager;
  private final Unpacker unpacker = new Unpacker();

  private PluginScanner(String spiVersion) {
    this.reader = new ArchiveReader(spiVersion);
    this.manager = new HostPluginManager(spiVersion, Modality.class.getClassLoader());
  }

  /**
   * Scans folders for plugins: JARs, folders with JARs in {@code lib}, and ZIPs of such folders.
   * Plugins are taken in the order of the folders and then of their file names; of two with the
   * same id the first wins. In place of a folder may stand one plugin itself.
   *
   * @param folders plugins folders, or plugins
   * @return the good plugins, and one problem for each bad one. To be closed when no plugin is in
   *     use any more
   */
  public static PluginCatalog scan(Path... folders) {
    return scan(List.of(folders));
  }

  /**
   * Scans folders for plugins, as {@link #scan(Path...)} does.
   *
   * @param folders plugins folders
   * @return the good plugins, and one problem for each bad one
   */
  public static PluginCatalog scan(List<Path> folders) {
    return scan(SpiVersion.current(), folders);
  }

  /** Scans folders as a host with another version of the SPI would. */
  static PluginCatalog scan(String spiVersion, List<Path> folders) {
    return new PluginScanner(spiVersion).catalog(folders);
  }

  /**
   * Returns the version of the SPI that plugins are checked against.
   *
   * @return a semantic version
   */
  public static String spiVersion() {
    return SpiVersion.current();
  }

  private PluginCatalog catalog(List<Path> folders) {
    Map<String, PluginArchive> archives = new LinkedHashMap<>();
    for (Path candidate : candidates(folders)) {
      readArchive(candidate, archives);
    }
    DependencyOrder order = DependencyOrder.of(List.copyOf(archives.values()));
    problems.addAll(order.problems());
    List<DiscoveredPlugin> plugins = new ArrayList<>();
    Set<String> loaded = new HashSet<>();
    for (PluginArchive archive : order.order()) {
      try {
        DependencyOrder.requireLoaded(archive.info(), loaded);
        DiscoveredPlugin plugin = ExtensionDiscovery.discover(archive, manager.load(archive));
        refuseTakenSections(plugin, plugins);
        plugins.add(plugin);
        loaded.add(archive.info().id());
      } catch (PluginFault fault) {
        problems.add(fault.problem(archive.info().file(), archive.info().id()));
      }
    }
    return new PluginCatalog(plugins, problems, manager, unpacker, PluginIndex.beside(folders));
  }

  private List<Path> candidates(List<Path> folders) {
    List<Path> candidates = new ArrayList<>();
    for (Path folder : folders) {
      try {
        PluginFolder content = PluginFolder.list(folder);
        candidates.addAll(content.candidates());
        for (Path stray : content.strays()) {
          String message =
              "is no plugin (neither a JAR, nor a ZIP, nor a folder with JARs in lib) and is ignored";
          problems.add(new PluginProblem(PluginError.STRAY_FILE, stray, "", message));
        }
      } catch (PluginFault fault) {
        problems.add(fault.problem(folder, ""));
      }
    }
    return candidates;
  }

  private void readArchive(Path file, Map<String, PluginArchive> archives) {
    String id = "";
    try {
      ArchiveReader.Read read = reader.read(file, jars(file));
      id = read.info().id();
      PluginArchive first = archives.get(id);
      if (first != null) {
        throw new PluginFault(
            PluginError.DUPLICATE_PLUGIN,
            "has the id "
                + id
                + " of "
                + first.info().file()
                + ", which is used; remove one of the two");
      }
      archives.put(id, reader.check(read));
    } catch (PluginFault fault) {
      problems.add(fault.problem(file, id));
    }
  }

  private List<Path> jars(Path file) throws PluginFault {
    try {
      if (Files.isRegularFile(file) && PluginFolder.isZip(file)) {
        return unpacker.unpack(file);
      }
      List<Path> jars = PluginFolder.jars(file);
      return jars.isEmpty() ? List.of(file) : jars;
    } catch (IOException e) {
      throw new PluginFault(PluginError.CORRUPT_ARCHIVE, "cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void refuseTakenSections(DiscoveredPlugin plugin, List<DiscoveredPlugin> others)
      throws PluginFault {
    for (Map.Entry<String, Class<? extends Record>> section : plugin.sections().entrySet()) {
      for (DiscoveredPlugin other : others) {
        Class<? extends Record> taken = other.sections().get(section.getKey());
        if (taken != null && taken != section.getValue()) {
          throw new PluginFault(
              PluginError.DUPLICATE_SETTINGS,
              "settings section '"
                  + section.getKey()
                  + "' belongs to plugin "
                  + other.info().id()
                  + "; choose another name in @ConfigSection");
        }
      }
    }
  }
}
