/**
 * Reads recipes: YAML text is bound strictly to records, and all mistakes are reported at once with their places. Knows
 * no particular recipe, modality or plugin; may depend on the SPI's annotations and SnakeYAML only.
 */
package org.anymod.host.recipe;
