/**
 * Reads recipes: YAML text is bound strictly to records, and all mistakes are reported at once with
 * their places. Knows no modality and no plugin; may depend on the SPI's annotations, the recipe
 * records of core, and SnakeYAML.
 */
package org.anymod.host.recipe;
