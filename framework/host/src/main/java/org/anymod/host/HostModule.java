package org.anymod.host;

import com.google.inject.AbstractModule;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginCatalog;
import org.anymod.host.recipe.BoundRecipe;

/**
 * Binds what a run is made from: the catalog of plugins, the loaded plugins and the recipe under
 * its own record.
 */
final class HostModule extends AbstractModule {
  private final PluginCatalog catalog;
  private final BoundRecipe<?> recipe;
  private final LoadedPlugins plugins;

  HostModule(PluginCatalog catalog, BoundRecipe<?> recipe, LoadedPlugins plugins) {
    this.catalog = catalog;
    this.recipe = recipe;
    this.plugins = plugins;
  }

  @Override
  protected void configure() {
    bind(PluginCatalog.class).toInstance(catalog);
    bind(LoadedPlugins.class).toInstance(plugins);
    bindRecipe(recipe.recipe());
  }

  @SuppressWarnings("unchecked")
  private <T extends Record> void bindRecipe(T settings) {
    bind((Class<T>) settings.getClass()).toInstance(settings);
  }
}
