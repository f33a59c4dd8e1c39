package org.anymod.host;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.plugins.LoadedLoss;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginCatalog;
import org.anymod.host.plugins.PluginScanner;
import org.anymod.host.recipe.BoundRecipe;
import org.anymod.host.recipe.RecipeReader;

/**
 * The framework with its plugins: the entry for commands and programs.
 *
 * <pre>{@code
 * try (AnymodHost host = AnymodHost.open(Path.of("plugins"))) {
 *   BoundRecipe<Recipe> recipe = host.read(Path.of("toy.yaml"), List.of("training.steps=10"));
 *   LoadedPlugins plugins = host.load(recipe);
 * }
 * }</pre>
 *
 * <p>A program that uses a trained model opens its run and a {@link
 * org.anymod.core.generation.Generator}, and keeps both for as long as it has requests:
 *
 * <pre>{@code
 * try (AnymodHost host = AnymodHost.open(Path.of("plugins"));
 *     Generator generator = Generator.open(host.run(Path.of("toy.yaml"), List.of()))) {
 *   Result result = generator.sample(request);
 * }
 * }</pre>
 */
public final class AnymodHost implements AutoCloseable {
  private final PluginCatalog catalog;

  private AnymodHost(PluginCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Scans folders for plugins. Bad plugins do not stop it; {@link PluginCatalog#problems()} tells
   * about them.
   *
   * @param pluginFolders plugins folders
   * @return the host, to be closed when no plugin is in use any more
   */
  public static AnymodHost open(Path... pluginFolders) {
    return new AnymodHost(PluginScanner.scan(pluginFolders));
  }

  /**
   * Returns what the scan found.
   *
   * @return the plugins, their settings and what is wrong with others
   */
  public PluginCatalog catalog() {
    return catalog;
  }

  /**
   * Reads the recipe of a run, which may have sections for the plugins of this host.
   *
   * @param file a YAML file
   * @param overrides {@code key=value} arguments
   * @return the recipe, defaults filled in
   * @throws org.anymod.host.recipe.RecipeException if anything is wrong with file or overrides;
   *     holds all mistakes
   */
  public BoundRecipe<Recipe> read(Path file, List<String> overrides) {
    return RecipeReader.read(file, overrides, catalog);
  }

  /**
   * Reads settings of any record, with sections for the plugins of this host.
   *
   * @param type the record of the recipe
   * @param file a YAML file
   * @param overrides {@code key=value} arguments
   * @param <T> the record of the recipe
   * @return the recipe, defaults filled in
   * @throws org.anymod.host.recipe.RecipeException if anything is wrong with file or overrides;
   *     holds all mistakes
   */
  public <T extends Record> BoundRecipe<T> read(Class<T> type, Path file, List<String> overrides) {
    return RecipeReader.read(type, file, overrides, catalog);
  }

  /**
   * Instantiates the plugins as a recipe configures them.
   *
   * @param recipe the recipe
   * @return what works, and what is wrong with the rest
   */
  public LoadedPlugins load(BoundRecipe<?> recipe) {
    return catalog.load(recipe.sections());
  }

  /**
   * Instantiates the plugins with their default settings.
   *
   * @return what works, and what is wrong with the rest
   */
  public LoadedPlugins loadWithDefaults() {
    return catalog.load(RecipeReader.defaults(catalog));
  }

  /**
   * Opens a run: reads its recipe and instantiates the plugins that it names.
   *
   * @param file the recipe, a YAML file
   * @param overrides {@code key=value} arguments
   * @return the run, usable as long as this host is open
   * @throws org.anymod.host.recipe.RecipeException if anything is wrong with file or overrides;
   *     holds all mistakes
   * @throws IllegalArgumentException if the plugins do not bring what the recipe names
   */
  public Run run(Path file, List<String> overrides) {
    BoundRecipe<Recipe> bound = read(file, overrides);
    LoadedPlugins plugins = load(bound);
    return new Run(
        bound.recipe(),
        plugins.modalities().stream().map(LoadedModality::modality).toList(),
        plugins.losses().stream().map(LoadedLoss::loss).toList());
  }

  /**
   * Wires the framework around loaded plugins.
   *
   * @param recipe the recipe
   * @param plugins what {@link #load} gave
   * @param more modules of the caller
   * @return an injector for recipe, plugins and what the modules bind
   */
  public Injector injector(BoundRecipe<?> recipe, LoadedPlugins plugins, Module... more) {
    List<Module> modules = new ArrayList<>(List.of(more));
    modules.add(new HostModule(catalog, recipe, plugins));
    return Guice.createInjector(modules);
  }

  /** Closes the plugins' class loaders. */
  @Override
  public void close() {
    catalog.close();
  }
}
