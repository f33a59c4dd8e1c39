package org.anymod.host.plugins;

/** What can be wrong with a plugin. */
public enum PluginError {
  /** The plugins folder does not exist or cannot be listed. */
  FOLDER_MISSING,
  /** A file or folder in the plugins folder is no plugin; it is ignored. */
  STRAY_FILE,
  /** A JAR or ZIP cannot be read. */
  CORRUPT_ARCHIVE,
  /** No JAR of the plugin has plugin attributes in its manifest. */
  NO_DESCRIPTOR,
  /** A plugin attribute is missing or does not have its form. */
  MALFORMED_DESCRIPTOR,
  /** The plugin was made for another version of the SPI. */
  INCOMPATIBLE_SPI,
  /** A plugin that this one depends on is missing, has another version or failed itself. */
  UNMET_DEPENDENCY,
  /** Another plugin has the same id. */
  DUPLICATE_PLUGIN,
  /** The plugin bundles classes that only the host may bring. */
  BUNDLED_HOST_CLASS,
  /** A class was compiled for a newer Java than the one running. */
  NEWER_JAVA,
  /** The plugin lists no extension. */
  NO_EXTENSION,
  /** A service file names a class that is missing or is no such extension. */
  BROKEN_SERVICE,
  /** A class of the plugin cannot be loaded or linked. */
  BROKEN_CLASS,
  /** An extension class does not have exactly one public constructor that the host can call. */
  BROKEN_CONSTRUCTOR,
  /** A settings record has a section name, component or default that cannot be. */
  BROKEN_SETTINGS,
  /** Another plugin has a section of the same name. */
  DUPLICATE_SETTINGS,
  /** The recipe lacks a section with required settings. */
  MISSING_SETTINGS,
  /** A constructor threw an exception. */
  CONSTRUCTOR_FAILED,
  /** What a modality or loss says about itself cannot all be true. */
  CONTRADICTION,
  /** Another modality has the same name. */
  DUPLICATE_MODALITY,
  /** Another plugin contributes a field of the same name or number to the same sequence. */
  DUPLICATE_FIELD,
  /** Another loss has the same name. */
  DUPLICATE_LOSS;

  /**
   * Returns whether this is only worth a note, because no plugin is missing for it.
   *
   * @return true for {@link #STRAY_FILE}
   */
  public boolean isHarmless() {
    return this == STRAY_FILE;
  }
}
