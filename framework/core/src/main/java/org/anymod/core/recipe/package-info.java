/**
 * The parts of a recipe as records; each component is one setting with its description, default and
 * limits.
 */
package org.anymod.core.recipe;
