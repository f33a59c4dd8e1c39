package org.anymod.host.recipe;

/**
 * Where a piece of a recipe stands.
 *
 * @param file name of the file, or {@code --set} for an override
 * @param line line from 1, or the number of the override from 1
 * @param column column from 1
 */
record Place(String file, int line, int column) {
  /** Stands for the file name in places of command line overrides. */
  static final String OVERRIDE = "--set";
}
